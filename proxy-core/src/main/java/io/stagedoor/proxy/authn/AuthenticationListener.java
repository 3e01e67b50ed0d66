package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.keys.KeySetListener;
import io.stagedoor.proxy.refusal.Code;

/**
 * Hears what happens to tokens, for metrics. Called on the thread of the request; must not block, and
 * is never shown any of the token.
 */
public interface AuthenticationListener extends KeySetListener {

    /** The listener that does nothing. */
    AuthenticationListener NONE = new AuthenticationListener() {};

    /** A token was found among the verified ones. */
    default void onRemembered(String issuerName) {}

    /** A token's signature and claims were checked and are good. */
    default void onVerified(String issuerName) {}

    /** A token was refused. */
    default void onRefused(Code code) {}

    /** A verified token named groups that cannot be principals and are ignored. */
    default void onGroupsIgnored(String issuerName, int groups) {}
}
