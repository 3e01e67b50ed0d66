/**
 * Connections to the services behind the proxy: TLS with host-name check, one pool per event loop.
 *
 * <p>Moves bytes and reports what happened to them. Knows nothing of who asked or why it was
 * permitted; what it sends was decided elsewhere.
 */
@NullMarked
package io.stagedoor.proxy.upstream;

import org.jspecify.annotations.NullMarked;
