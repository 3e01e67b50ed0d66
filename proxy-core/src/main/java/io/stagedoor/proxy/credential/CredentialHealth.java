package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Optional;

/**
 * How the credential of one upstream is doing, for health checks and metrics.
 *
 * @param upstream the upstream's configured name
 * @param kind the kind of source, for example {@code client secret}
 * @param usableUntil the expiry of the credential in use; empty if there is none and requests are
 *     refused
 * @param failures attempts that failed since the last that succeeded
 * @param lastFailure what the last failure said, without secrets; empty once an attempt succeeded
 * @param lastFailureAt when that was
 */
public record CredentialHealth(
        String upstream,
        String kind,
        Optional<Instant> usableUntil,
        int failures,
        Optional<String> lastFailure,
        Optional<Instant> lastFailureAt) {

    /** Returns whether requests to the upstream can be given a credential now. */
    public boolean isUsable() {
        return usableUntil.isPresent();
    }
}
