/**
 * What is known of the groups of a principal whose token does not say, kept for a stated time and
 * with its age.
 *
 * <p>Somebody's groups are known as a whole or not at all. Must never know what the groups are good
 * for, or how a directory is asked.
 */
@NullMarked
package io.stagedoor.proxy.directory.groups;

import org.jspecify.annotations.NullMarked;
