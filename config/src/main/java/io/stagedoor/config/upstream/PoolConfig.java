package io.stagedoor.config.upstream;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.List;

/**
 * How many connections to an upstream there are.
 *
 * @param idleTimeout how long an unused one is kept
 * @param maxIdle how many unused ones are kept
 * @param maxInUse how many may carry a request at a time
 * @param maxPending how many requests may wait for one
 * @param pendingTimeout how long each may wait
 */
public record PoolConfig(
        Duration idleTimeout, int maxIdle, int maxInUse, int maxPending, Duration pendingTimeout) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Reads the keys that speak of connections. */
    static Setting<PoolConfig> keys(Section in) {
        Setting<Duration> idle =
                in.optional(
                        "idle_timeout",
                        Kinds.duration(SHORTEST, Duration.ofHours(1)),
                        Duration.ofMinutes(1));
        Setting<Integer> mostIdle =
                in.optional("max_idle_connections", Kinds.number(1, 65_535), 256);
        Setting<Integer> mostInUse = in.optional("max_connections", Kinds.number(1, 65_535), 1024);
        Setting<Integer> mostPending = in.optional("max_pending", Kinds.number(0, 100_000), 1024);
        Setting<Duration> pending =
                in.optional(
                        "pending_timeout",
                        Kinds.duration(SHORTEST, Duration.ofMinutes(1)),
                        Duration.ofSeconds(5));
        return in.combine(
                () ->
                        new PoolConfig(
                                idle.value(),
                                mostIdle.value(),
                                mostInUse.value(),
                                mostPending.value(),
                                pending.value()),
                List.of(idle, mostIdle, mostInUse, mostPending, pending));
    }
}
