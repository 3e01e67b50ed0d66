package io.stagedoor.proxy.directory.definitions;

import java.time.Duration;

/**
 * How far a run is followed. A run that goes further is refused, and nothing of it is skipped.
 *
 * @param definitions the most definitions of one run
 * @param steps the most steps from what is started to a thing
 * @param requirements the most further requirements of one run
 * @param atOnce how many definitions are read at the same time for one run
 * @param time the longest time for all of them
 */
public record ReachLimits(int definitions, int steps, int requirements, int atOnce, Duration time) {

    /** Checks that every limit is positive. */
    public ReachLimits {
        if (definitions < 1 || steps < 1 || requirements < 1 || atOnce < 1 || !time.isPositive()) {
            throw new IllegalArgumentException("a limit of strict runs is not positive");
        }
    }

    /** Returns the limits unless others are given. */
    public static ReachLimits defaults() {
        return new ReachLimits(500, 100, 500, 8, Duration.ofSeconds(20));
    }
}
