/**
 * Proofs that the sender of a request has the key its token is bound to: DPoP (RFC 9449).
 *
 * <p>Reads a proof as strictly as a token, checks that it was made for this very request, and that it
 * comes for the first time. Must never know issuers, principals or what a token may do.
 */
@NullMarked
package io.stagedoor.proxy.authn.proof;

import org.jspecify.annotations.NullMarked;
