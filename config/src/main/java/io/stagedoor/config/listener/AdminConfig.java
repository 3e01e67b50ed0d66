package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import java.util.Optional;
import java.util.Set;

/**
 * The socket for health, readiness and metrics. It speaks plain HTTP and asks nobody who they are,
 * so it listens on loopback unless told otherwise.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param traces where traces go; nothing where there are none
 */
public record AdminConfig(String host, int port, Optional<TracesConfig> traces) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    /**
     * Reads the section {@code admin}.
     *
     * @param listener the other socket, which must not be on the same port
     */
    public static Optional<AdminConfig> read(Section in, Setting<ListenerConfig> listener) {
        Setting<String> host = in.optional("host", local(), "127.0.0.1");
        Setting<Integer> port =
                in.check(
                        "port",
                        in.optional("port", Kinds.port(9090), 9090),
                        number -> number == 0 || !isTaken(number, listener),
                        "this is the port of the listener",
                        "give the two sockets different ports");
        Setting<Optional<TracesConfig>> traces = in.optionalSection("traces", TracesConfig::read);
        return in.build(() -> new AdminConfig(host.value(), port.value(), traces.value()));
    }

    private static boolean isTaken(int port, Setting<ListenerConfig> listener) {
        return listener.isGood() && listener.value().port() == port;
    }

    private static Kind<String> local() {
        return NetKinds.bindAddress()
                .refined(
                        (host, _) ->
                                LOOPBACK.contains(host)
                                        ? Parsed.value(host)
                                        : new Parsed.Suspect<>(
                                                host,
                                                "health and metrics are open to everyone who"
                                                        + " reaches "
                                                        + Quoted.of(host),
                                                "keep other machines out by a firewall or network"
                                                        + " policy"));
    }
}
