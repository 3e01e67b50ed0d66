package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Objects;

/**
 * What the proxy presents to an upstream: the value of the {@code Authorization} field (RFC 9110,
 * section 11.6.2) and the moment it stops being valid.
 *
 * <p>The value is a secret: {@link #toString()} masks it, and callers write it nowhere but into the
 * upstream request.
 *
 * @param authorizationValue the whole field value, for example {@code Bearer eyJ...}
 * @param expiresAt the first instant at which the upstream refuses it
 */
public record UpstreamCredential(String authorizationValue, Instant expiresAt) {

    /** Checks that both parts are there. */
    public UpstreamCredential {
        Objects.requireNonNull(authorizationValue, "authorizationValue");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Returns the expiry alone; the value is masked. */
    @Override
    public String toString() {
        return "UpstreamCredential[****, expiresAt=" + expiresAt + "]";
    }
}
