package io.stagedoor.proxy.follow;

import java.time.Duration;

/**
 * How much is followed, and how eagerly.
 *
 * @param runs the most runs that are followed at a time; later ones are not followed
 * @param atOnce how many are looked at at the same time
 * @param spacing the least time between two looks at one service
 * @param first how long after its start a run is looked at
 * @param longest the longest time between two looks at a run; each wait is half as long again as the
 *     one before
 * @param deadline how long a run is followed at most
 */
public record FollowLimits(
        int runs,
        int atOnce,
        Duration spacing,
        Duration first,
        Duration longest,
        Duration deadline) {

    /** Returns the limits unless others are given. */
    public static FollowLimits defaults() {
        return new FollowLimits(
                1_000,
                8,
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofDays(1));
    }
}
