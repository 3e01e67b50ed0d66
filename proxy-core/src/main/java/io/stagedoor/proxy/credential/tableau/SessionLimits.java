package io.stagedoor.proxy.credential.tableau;

import java.time.Duration;

/**
 * How many sessions are held, and for how long.
 *
 * @param sessions the most sessions; beyond it those are ended that were used longest ago
 * @param idle how long a session surely lasts: Tableau Cloud ends one after 120 minutes without use, a
 *     server after 240 unless it is configured otherwise
 * @param grace how long a session that was replaced stays open for those who were given it
 * @param signOut how long closing waits for sessions to be signed out
 */
public record SessionLimits(int sessions, Duration idle, Duration grace, Duration signOut) {

    /** Checks that every limit is positive. */
    public SessionLimits {
        if (sessions < 1 || !idle.isPositive() || !grace.isPositive() || !signOut.isPositive()) {
            throw new IllegalArgumentException("a limit of sessions is not positive");
        }
    }

    /** Returns limits that fit Tableau Cloud and servers with usual settings. */
    public static SessionLimits defaults() {
        return new SessionLimits(
                10_000, Duration.ofMinutes(120), Duration.ofMinutes(1), Duration.ofSeconds(5));
    }
}
