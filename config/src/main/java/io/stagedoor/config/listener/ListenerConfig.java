package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * The socket that clients connect to. It always speaks TLS: clients refuse to send a bearer token
 * without it.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param tls certificate and key
 * @param maxConnections how many clients may be connected at once
 * @param handshakeTimeout how long a TLS handshake may take
 * @param requestTimeout how long a request's head may take to arrive, from its first byte
 * @param idleTimeout how long a connection may rest between requests, or a body between bytes
 * @param drainTimeout how long running exchanges may go on after a request to stop
 */
public record ListenerConfig(
        String host,
        int port,
        TlsConfig tls,
        int maxConnections,
        Duration handshakeTimeout,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration drainTimeout) {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** Reads the section {@code listener}. */
    public static Optional<ListenerConfig> read(Section in) {
        Setting<String> host = in.optional("host", NetKinds.bindAddress(), "0.0.0.0");
        Setting<Integer> port = in.optional("port", Kinds.port(8443), 8443);
        Setting<TlsConfig> tls = in.requiredSection("tls", TlsConfig::read);
        Setting<Integer> connections =
                in.optional("max_connections", Kinds.number(1, 1_000_000), 10_000);
        Setting<Duration> handshake =
                in.optional(
                        "handshake_timeout",
                        Kinds.duration(SHORTEST, Duration.ofMinutes(1)),
                        Duration.ofSeconds(10));
        Setting<Duration> request =
                in.optional(
                        "request_timeout",
                        Kinds.duration(SHORTEST, Duration.ofMinutes(5)),
                        Duration.ofSeconds(30));
        Setting<Duration> idle =
                in.optional(
                        "idle_timeout",
                        Kinds.duration(SHORTEST, Duration.ofHours(1)),
                        Duration.ofMinutes(5));
        Setting<Duration> drain =
                in.optional(
                        "drain_timeout",
                        Kinds.duration(Duration.ZERO, Duration.ofHours(1)),
                        Duration.ofSeconds(30));
        return in.build(
                () ->
                        new ListenerConfig(
                                host.value(),
                                port.value(),
                                tls.value(),
                                connections.value(),
                                handshake.value(),
                                request.value(),
                                idle.value(),
                                drain.value()));
    }
}
