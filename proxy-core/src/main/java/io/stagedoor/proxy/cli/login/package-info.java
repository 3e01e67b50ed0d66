/**
 * How a person logs in from a command line: through a browser that comes back to loopback (RFC 8252),
 * or by a code typed on another device (RFC 8628), and how tokens are renewed and given up.
 *
 * <p>Knows nothing of picocli; speaks to people through a {@link java.util.function.Consumer} of
 * lines.
 */
@NullMarked
package io.stagedoor.proxy.cli.login;

import org.jspecify.annotations.NullMarked;
