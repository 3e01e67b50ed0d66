/**
 * The proxy's own sessions: how a client that can only sign in the way of Tableau shows a bearer token.
 *
 * <p>Reads sign-in documents for the token in them, and keeps what was signed in with until it ends.
 * Believes nobody: the token is verified by the ordinary authenticator at sign-in and at every request
 * after it. Must never know what was decided, or anything of upstream credentials.
 */
@NullMarked
package io.stagedoor.proxy.authn.session;

import org.jspecify.annotations.NullMarked;
