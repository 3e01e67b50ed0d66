package io.stagedoor.config.upstream;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * When a whole upstream is left alone because nothing of it answers.
 *
 * @param consecutiveFailures so many attempts in a row without any answer
 * @param openTime how long nothing is sent then; doubled while nothing answers
 * @param maxOpenTime but never longer than this
 */
public record CircuitConfig(int consecutiveFailures, Duration openTime, Duration maxOpenTime) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Reads the section {@code upstream_connections.circuit}. */
    public static Optional<CircuitConfig> read(Section in) {
        Setting<Integer> failures = in.optional("consecutive_failures", Kinds.number(1, 1000), 10);
        Setting<Duration> open = time(in, "open_time", Duration.ofSeconds(2));
        Setting<Duration> longest =
                in.check(
                        "max_open_time",
                        time(in, "max_open_time", Duration.ofSeconds(30)),
                        most -> !open.isGood() || most.compareTo(open.value()) >= 0,
                        "it is shorter than `open_time`",
                        "make it longer, or `open_time` shorter");
        return in.build(() -> new CircuitConfig(failures.value(), open.value(), longest.value()));
    }

    private static Setting<Duration> time(Section in, String key, Duration fallback) {
        return in.optional(key, Kinds.duration(SHORTEST, Duration.ofMinutes(10)), fallback);
    }
}
