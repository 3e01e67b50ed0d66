package io.stagedoor.proxy.credential;

import io.stagedoor.proxy.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one credential at one moment; replaced as a whole at each event.
 *
 * @param token what was acquired last and was not refused by the upstream
 * @param failures attempts that failed since the last that succeeded
 * @param lastFailure how the last attempt failed; empty once one succeeded
 * @param invalidatedAt when the upstream last refused a credential
 */
record CredentialState(
        Optional<AcquiredToken> token,
        int failures,
        Optional<Failure> lastFailure,
        Optional<Instant> invalidatedAt) {

    static final CredentialState EMPTY =
            new CredentialState(Optional.empty(), 0, Optional.empty(), Optional.empty());

    private static final int MOST_DOUBLINGS = 6;

    /**
     * How an attempt failed.
     *
     * @param reason what was said, without secrets
     * @param refusal what the caller is told, if the cause concerns the caller
     * @param at when
     */
    record Failure(String reason, Optional<Refusal> refusal, Instant at) {

        TokenUnavailableException toException() {
            return refusal.map(told -> new TokenUnavailableException(reason, told))
                    .orElseGet(() -> new TokenUnavailableException(reason));
        }
    }

    CredentialState acquired(AcquiredToken fresh) {
        return new CredentialState(Optional.of(fresh), 0, Optional.empty(), invalidatedAt);
    }

    CredentialState failed(Failure failure) {
        return new CredentialState(token, failures + 1, Optional.of(failure), invalidatedAt);
    }

    CredentialState invalidated(Instant now) {
        return new CredentialState(Optional.empty(), failures, lastFailure, Optional.of(now));
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
        return lastFailure.map(last -> now.isBefore(last.at().plus(coolDown()))).orElse(false);
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
