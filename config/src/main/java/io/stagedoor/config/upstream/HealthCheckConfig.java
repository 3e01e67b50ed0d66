package io.stagedoor.config.upstream;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the addresses of an upstream are looked after without a request of a client.
 *
 * @param path what is asked for by GET, without a credential, or nothing: connecting is enough
 * @param status the status that is well
 * @param interval the time between two checks of an address
 * @param timeout how long one may take
 * @param unhealthyAfter so many failures in a row take an address out
 * @param healthyAfter so many successes in a row bring it back
 */
public record HealthCheckConfig(
        Optional<String> path,
        int status,
        Duration interval,
        Duration timeout,
        int unhealthyAfter,
        int healthyAfter) {

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/?=&%-]{0,1023}");
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Reads the section {@code upstream_connections.health_check}. */
    public static Optional<HealthCheckConfig> read(Section in) {
        Setting<Optional<String>> path = in.optional("path", target());
        Setting<Integer> status = in.optional("status", Kinds.number(200, 599), 200);
        Setting<Duration> interval = time(in, "interval", Duration.ofSeconds(10));
        Setting<Duration> timeout =
                in.check(
                        "timeout",
                        time(in, "timeout", Duration.ofSeconds(2)),
                        most -> !interval.isGood() || most.compareTo(interval.value()) <= 0,
                        "a check would not be over when the next one begins",
                        "make it shorter than `interval`");
        Setting<Integer> unhealthy = in.optional("unhealthy_after", Kinds.number(1, 100), 3);
        Setting<Integer> healthy = in.optional("healthy_after", Kinds.number(1, 100), 2);
        return in.build(
                () ->
                        new HealthCheckConfig(
                                path.value(),
                                status.value(),
                                interval.value(),
                                timeout.value(),
                                unhealthy.value(),
                                healthy.value()));
    }

    private static Kind<String> target() {
        return Kinds.text("a path with its query", "/health", PATH);
    }

    private static Setting<Duration> time(Section in, String key, Duration fallback) {
        return in.optional(key, Kinds.duration(SHORTEST, Duration.ofHours(1)), fallback);
    }
}
