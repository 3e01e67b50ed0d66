/**
 * The book of a site's refreshes: what was held back, what went on, and when content was fresh last.
 *
 * <p>Being held back is no failure and is kept apart from it. Must never decide anything.
 */
@NullMarked
package io.stagedoor.proxy.refresh.book;

import org.jspecify.annotations.NullMarked;
