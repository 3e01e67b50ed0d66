/**
 * A bearer token as it came over the wire, read strictly and not yet believed.
 *
 * <p>Everything in here is done before any cryptography: the compact form (RFC 7515), its base64url
 * parts, their JSON, and which header fields a token may have. Knows neither keys nor issuers, and
 * never fetches anything.
 */
@NullMarked
package io.stagedoor.proxy.authn.jose;

import org.jspecify.annotations.NullMarked;
