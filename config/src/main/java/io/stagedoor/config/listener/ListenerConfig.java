package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.time.Duration;
import java.util.Optional;

/**
 * The socket that clients connect to. It speaks TLS, since clients refuse to send a bearer token
 * without it; plain text is for a sidecar on the same machine that speaks TLS to them.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param tls certificate and key, or nothing for plain text on a loopback address
 * @param maxConnections how many clients may be connected at once
 * @param handshakeTimeout how long a TLS handshake may take
 * @param requestTimeout how long a request's head may take to arrive, from its first byte
 * @param idleTimeout how long a connection may rest between requests, or a body between bytes
 * @param drainTimeout how long running exchanges may go on after a request to stop
 */
public record ListenerConfig(
        String host,
        int port,
        Optional<TlsConfig> tls,
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
        Setting<Optional<TlsConfig>> tls = tls(in, host);
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

    private static Setting<Optional<TlsConfig>> tls(Section in, Setting<String> host) {
        Setting<Optional<TlsConfig>> tls = in.optionalSection("tls", TlsConfig::read);
        Setting<Boolean> plaintext = in.optional("plaintext", Kinds.flag(), false);
        if (!plaintext.isGood()) {
            return tls;
        }
        if (!plaintext.value()) {
            return in.has("tls")
                    ? tls
                    : in.refuse(
                            "tls",
                            "missing",
                            "add the section `tls:` with `certificate` and `private_key`");
        }
        if (in.has("tls")) {
            return in.refuse(
                    "plaintext",
                    "there is a certificate too",
                    "choose either `tls` or `plaintext`");
        }
        return in.check(
                "plaintext",
                tls,
                _ -> !host.isGood() || NetKinds.isLoopbackAddress(host.value()),
                "bearer tokens would cross the network unprotected",
                "plain text is for a sidecar on this machine that speaks TLS to clients: add `host:"
                        + " 127.0.0.1`, or remove this key and give `tls`");
    }
}
