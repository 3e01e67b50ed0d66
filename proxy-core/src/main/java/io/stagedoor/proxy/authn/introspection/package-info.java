/**
 * Asking an issuer about a token that only it can read (RFC 7662).
 *
 * <p>Must never know who asks what of the proxy: it gets a token and brings an answer. Neither the
 * token nor the proxy's own secret is ever logged.
 */
@NullMarked
package io.stagedoor.proxy.authn.introspection;

import org.jspecify.annotations.NullMarked;
