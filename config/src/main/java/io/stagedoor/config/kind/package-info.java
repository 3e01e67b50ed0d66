/**
 * The kinds of single values: numbers, durations, host names, files and the like, each with its
 * rule, its example and its complaint.
 *
 * <p>Must never know keys or sections; looks at files only to say whether they can be used.
 */
@NullMarked
package io.stagedoor.config.kind;

import org.jspecify.annotations.NullMarked;
