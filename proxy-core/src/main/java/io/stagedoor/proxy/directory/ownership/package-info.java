/**
 * Who made what through the proxy: Livy sessions, notebook runs and other ids that belong to the
 * principal that made them.
 *
 * <p>Upstream everything is made by the proxy's one identity, so only the proxy can tell one
 * caller's session from another's. Must never know how ids are found in requests and answers, or
 * where the bindings are kept durably.
 */
@NullMarked
package io.stagedoor.proxy.directory.ownership;

import org.jspecify.annotations.NullMarked;
