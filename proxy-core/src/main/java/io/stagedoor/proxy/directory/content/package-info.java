/**
 * Which project of a Tableau site holds a workbook, a view, a job or any other thing that a path names
 * by its id.
 *
 * <p>Must never decide, and never guess: what cannot be found out is refused, and what is not there
 * is said to be absent, so that the right to it is required at the whole site.
 */
@NullMarked
package io.stagedoor.proxy.directory.content;

import org.jspecify.annotations.NullMarked;
