/**
 * Who a caller is, and what is currently known about access to each workspace.
 *
 * <p>Keeps one immutable access snapshot per workspace, from the live workspace, from declarations,
 * or from both, and replaces it as a whole. Must never decide a request, read a request or a
 * configuration file, or serve a snapshot that is older than its limit.
 */
@NullMarked
package io.stagedoor.proxy.directory;

import org.jspecify.annotations.NullMarked;
