package io.stagedoor.proxy.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one credential at one moment; replaced as a whole at each event.
 *
 * @param token what was acquired last and was not refused by the upstream
 * @param failures attempts that failed since the last that succeeded
 * @param lastFailure what the last failure said; empty once an attempt succeeded
 * @param lastFailureAt when that was
 * @param invalidatedAt when the upstream last refused a credential
 */
record CredentialState(
        Optional<AcquiredToken> token,
        int failures,
        Optional<String> lastFailure,
        Optional<Instant> lastFailureAt,
        Optional<Instant> invalidatedAt) {

    static final CredentialState EMPTY =
            new CredentialState(
                    Optional.empty(), 0, Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MOST_DOUBLINGS = 6;

    CredentialState acquired(AcquiredToken fresh) {
        return new CredentialState(
                Optional.of(fresh), 0, Optional.empty(), Optional.empty(), invalidatedAt);
    }

    CredentialState failed(String reason, Instant now) {
        return new CredentialState(
                token, failures + 1, Optional.of(reason), Optional.of(now), invalidatedAt);
    }

    CredentialState invalidated(Instant now) {
        return new CredentialState(
                Optional.empty(), failures, lastFailure, lastFailureAt, Optional.of(now));
    }

    boolean holds(UpstreamCredential credential) {
        return token.filter(t -> t.credential().equals(credential)).isPresent();
    }

    boolean mayInvalidate(Instant now, Duration distance) {
        return invalidatedAt.map(at -> !now.isBefore(at.plus(distance))).orElse(true);
    }

    boolean isRenewalDue(Instant now) {
        return token.map(t -> !now.isBefore(t.renewAt())).orElse(true);
    }

    boolean isCoolingDown(Instant now) {
        return lastFailureAt.map(at -> now.isBefore(at.plus(coolDown()))).orElse(false);
    }

    private Duration coolDown() {
        Duration doubled =
                RenewingCredential.FIRST_COOL_DOWN.multipliedBy(
                        1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return doubled.compareTo(RenewingCredential.LONGEST_COOL_DOWN) < 0
                ? doubled
                : RenewingCredential.LONGEST_COOL_DOWN;
    }
}
