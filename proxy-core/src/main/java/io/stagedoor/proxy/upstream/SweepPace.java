package io.stagedoor.proxy.upstream;

import java.time.Duration;
import java.util.List;

/** How often deadlines are looked at: often enough for the shortest, never often. */
final class SweepPace {

    private static final long LONGEST = Duration.ofMillis(500).toNanos();
    private static final long SHORTEST = Duration.ofMillis(10).toNanos();

    private SweepPace() {}

    static long of(UpstreamSettings settings) {
        UpstreamSettings.Deadlines deadlines = settings.deadlines();
        long shortest =
                List.of(
                                deadlines.response(),
                                deadlines.stall(),
                                deadlines.total(),
                                settings.pool().idleTimeout())
                        .stream()
                        .mapToLong(Duration::toNanos)
                        .min()
                        .orElseThrow();
        return Math.clamp(shortest / 8, SHORTEST, LONGEST);
    }
}
