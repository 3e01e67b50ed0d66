package io.stagedoor.config.upstream;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.List;

/**
 * How long an upstream may take.
 *
 * @param connect for connecting and for the TLS handshake, each
 * @param response from the end of a request to the head of its answer
 * @param stall between two pieces of an answer, and until it takes more of a request
 * @param total for the whole exchange; event streams and tunnels are not bound by it
 */
public record TimeoutsConfig(Duration connect, Duration response, Duration stall, Duration total) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Reads the keys that end in {@code _timeout} and speak of an exchange. */
    static Setting<TimeoutsConfig> keys(Section in) {
        Setting<Duration> connect = time(in, "connect_timeout", Duration.ofMinutes(1), 5);
        Setting<Duration> response = time(in, "response_timeout", Duration.ofHours(1), 120);
        Setting<Duration> stall = time(in, "stall_timeout", Duration.ofHours(1), 120);
        Setting<Duration> total = time(in, "total_timeout", Duration.ofDays(1), 3600);
        return in.combine(
                () ->
                        new TimeoutsConfig(
                                connect.value(), response.value(), stall.value(), total.value()),
                List.of(connect, response, stall, total));
    }

    private static Setting<Duration> time(Section in, String key, Duration most, long seconds) {
        return in.optional(key, Kinds.duration(SHORTEST, most), Duration.ofSeconds(seconds));
    }
}
