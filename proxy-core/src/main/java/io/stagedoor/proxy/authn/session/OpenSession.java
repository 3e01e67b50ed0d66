package io.stagedoor.proxy.authn.session;

import io.stagedoor.policy.principal.PrincipalId;
import java.time.Instant;
import java.util.Objects;

/**
 * What a session of the proxy stands for.
 *
 * @param service the configured name of the service that it was opened at, and is good for
 * @param principal whose it is
 * @param token the bearer token that it was opened with, verified again at each use
 * @param expiresAt the first instant at which it is not good any more: when its token expires
 */
public record OpenSession(String service, PrincipalId principal, String token, Instant expiresAt) {

    /** Checks that all parts are there. */
    public OpenSession {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Masks the token. */
    @Override
    public String toString() {
        return "OpenSession[" + service + ", " + principal + ", ****]";
    }
}
