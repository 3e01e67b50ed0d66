package io.stagedoor.config;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * The connections to each upstream.
 *
 * @param connectTimeout how long connecting may take, TLS handshake included
 * @param responseTimeout how long an upstream may take from the end of a request to its answer's
 *     first byte, and between two bytes of it
 * @param idleTimeout how long an unused connection is kept
 * @param maxIdleConnections how many unused connections to one upstream are kept
 */
public record UpstreamConnectionsConfig(
        Duration connectTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        int maxIdleConnections) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Reads the section {@code upstream_connections}. */
    public static Optional<UpstreamConnectionsConfig> read(Section in) {
        Setting<Duration> connect =
                in.optional(
                        "connect_timeout",
                        Kinds.duration(SHORTEST, Duration.ofMinutes(1)),
                        Duration.ofSeconds(5));
        Setting<Duration> response =
                in.optional(
                        "response_timeout",
                        Kinds.duration(SHORTEST, Duration.ofHours(1)),
                        Duration.ofMinutes(2));
        Setting<Duration> idle =
                in.optional(
                        "idle_timeout",
                        Kinds.duration(SHORTEST, Duration.ofHours(1)),
                        Duration.ofMinutes(1));
        Setting<Integer> most = in.optional("max_idle_connections", Kinds.number(1, 65_535), 256);
        return in.build(
                () ->
                        new UpstreamConnectionsConfig(
                                connect.value(), response.value(), idle.value(), most.value()));
    }
}
