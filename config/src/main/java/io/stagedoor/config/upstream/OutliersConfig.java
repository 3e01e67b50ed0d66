package io.stagedoor.config.upstream;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * When one of an upstream's addresses is left alone because it fails.
 *
 * @param consecutiveFailures so many in a row: no connection, no answer, or 502, 503 or 504
 * @param window no further apart than this
 * @param ejectionTime how long it is left alone, and by how much longer each further time
 * @param maxEjectionTime but never longer than this
 * @param maxEjected the greatest share of the addresses left alone at a time, in percent
 */
public record OutliersConfig(
        int consecutiveFailures,
        Duration window,
        Duration ejectionTime,
        Duration maxEjectionTime,
        int maxEjected) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Reads the section {@code upstream_connections.outliers}. */
    public static Optional<OutliersConfig> read(Section in) {
        Setting<Integer> failures = in.optional("consecutive_failures", Kinds.number(1, 1000), 5);
        Setting<Duration> window = time(in, "window", Duration.ofSeconds(30));
        Setting<Duration> base = time(in, "ejection_time", Duration.ofSeconds(10));
        Setting<Duration> longest =
                in.check(
                        "max_ejection_time",
                        time(in, "max_ejection_time", Duration.ofMinutes(5)),
                        most -> !base.isGood() || most.compareTo(base.value()) >= 0,
                        "it is shorter than `ejection_time`",
                        "make it longer, or `ejection_time` shorter");
        Setting<Integer> share = in.optional("max_ejected", Kinds.number(0, 100), 50);
        return in.build(
                () ->
                        new OutliersConfig(
                                failures.value(),
                                window.value(),
                                base.value(),
                                longest.value(),
                                share.value()));
    }

    private static Setting<Duration> time(Section in, String key, Duration fallback) {
        return in.optional(key, Kinds.duration(SHORTEST, Duration.ofHours(1)), fallback);
    }
}
