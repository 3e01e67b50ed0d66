package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Optional;

/**
 * How the credential of one upstream is doing, for health checks and metrics.
 *
 * @param upstream the upstream's configured name
 * @param kind the kind of source, for example {@code client secret}
 * @param isUsable whether requests can be given a credential now
 * @param usableUntil the expiry of the credential that all callers share; empty if there is none
 * @param failures attempts that failed since the last that succeeded
 * @param lastFailure what the last failure said, without secrets; empty once an attempt succeeded
 * @param lastFailureAt when that was
 */
public record CredentialHealth(
        String upstream,
        String kind,
        boolean isUsable,
        Optional<Instant> usableUntil,
        int failures,
        Optional<String> lastFailure,
        Optional<Instant> lastFailureAt) {

    /** Makes the health of a credential that all callers share: without one, requests are refused. */
    public CredentialHealth(
            String upstream,
            String kind,
            Optional<Instant> usableUntil,
            int failures,
            Optional<String> lastFailure,
            Optional<Instant> lastFailureAt) {
        this(
                upstream,
                kind,
                usableUntil.isPresent(),
                usableUntil,
                failures,
                lastFailure,
                lastFailureAt);
    }
}
