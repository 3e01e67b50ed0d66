package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Objects;

/**
 * When a secret or certificate stops working that credentials are got with.
 *
 * @param secret where it is, as in {@link SecretSource#name}
 * @param expiresAt the first instant at which it does not work
 */
public record SecretExpiry(String secret, Instant expiresAt) {

    /** Checks that both parts are there. */
    public SecretExpiry {
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
