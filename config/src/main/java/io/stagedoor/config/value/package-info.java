/**
 * Values that configuration has and Java lacks: sizes of data, and secrets that are only referred
 * to until they are needed.
 *
 * <p>Must never know keys, files' syntax or who uses a value.
 */
@NullMarked
package io.stagedoor.config.value;

import org.jspecify.annotations.NullMarked;
