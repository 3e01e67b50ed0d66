/**
 * Where groups are asked for that a token does not name, and what the groups of other directories
 * count as.
 */
@NullMarked
package io.stagedoor.config.directory;

import org.jspecify.annotations.NullMarked;
