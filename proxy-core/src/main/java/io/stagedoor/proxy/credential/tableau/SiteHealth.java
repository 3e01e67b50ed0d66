package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.proxy.credential.TokenUnavailableException;
import io.stagedoor.proxy.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How signing in to one site is doing. Trouble that is not about one user keeps everybody from signing
 * in for a while that doubles from one second to half a minute. Safe for any thread.
 */
final class SiteHealth {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 5;

    /** Everything at one moment; replaced as a whole. */
    record State(
            int failures,
            Optional<String> lastFailure,
            Optional<Instant> lastFailureAt,
            Optional<Refusal> told,
            Instant closedUntil) {

        private static final State GOOD =
                new State(0, Optional.empty(), Optional.empty(), Optional.empty(), Instant.MIN);
    }

    private State state = State.GOOD;

    synchronized State state() {
        return state;
    }

    /** Notes that a session was opened. */
    synchronized void opened() {
        state = State.GOOD;
    }

    /**
     * Notes that none could be opened for anybody.
     *
     * @param told what callers are told meanwhile
     */
    synchronized void failed(String why, Optional<Refusal> told, Instant now) {
        int failures = state.failures() + 1;
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        state =
                new State(
                        failures,
                        Optional.of(why),
                        Optional.of(now),
                        told,
                        now.plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
    }

    /**
     * Requires that signing in may be tried.
     *
     * @throws TokenUnavailableException with what the last attempt failed with, during a pause
     */
    void requireOpen(Instant now) throws TokenUnavailableException {
        State last = state();
        if (now.isBefore(last.closedUntil())) {
            throw unavailable(last.lastFailure().orElse("signing in failed"), last.told());
        }
    }

    /** Makes the exception for a cause and what callers are told of it. */
    static TokenUnavailableException unavailable(String why, Optional<Refusal> told) {
        return told.isPresent()
                ? new TokenUnavailableException(why, told.get())
                : new TokenUnavailableException(why);
    }
}
