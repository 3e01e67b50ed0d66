/**
 * What a native app says to an issuer and reads of it: discovery, authorization code with PKCE,
 * device code, refresh, revocation, ID token (RFC 6749, 7636, 8628, 7009, OpenID Connect Core).
 *
 * <p>Knows nothing of files, browsers or people; every answer is read strictly, and whatever does
 * not fit is an {@link java.io.IOException} whose message is fit for people.
 */
@NullMarked
package io.stagedoor.proxy.cli.oauth;

import org.jspecify.annotations.NullMarked;
