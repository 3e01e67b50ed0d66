/**
 * The users and groups that a directory pushed, on disk and in memory.
 *
 * <p>A change is on disk before it counts, as a whole or not at all. Must never know what SCIM is.
 */
@NullMarked
package io.stagedoor.proxy.scim.store;

import org.jspecify.annotations.NullMarked;
