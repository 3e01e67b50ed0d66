package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.operator.LoginConfig;
import io.stagedoor.config.operator.OperatorsConfig;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import java.util.Optional;
import java.util.Set;

/**
 * The socket for health, readiness and metrics, which are open to everyone who reaches it, and for
 * what operators do, which is not. It listens on loopback unless told otherwise.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param tls its certificate; nothing for plain HTTP
 * @param traces where traces go; nothing where there are none
 * @param operators who may do more than look at health and metrics
 * @param login how operators sign in with a browser; nothing where there are no pages
 */
public record AdminConfig(
        String host,
        int port,
        Optional<CertificateConfig> tls,
        Optional<TracesConfig> traces,
        OperatorsConfig operators,
        Optional<LoginConfig> login) {

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
        Setting<Optional<CertificateConfig>> tls =
                in.optionalSection("tls", CertificateConfig::read);
        Setting<Optional<TracesConfig>> traces = in.optionalSection("traces", TracesConfig::read);
        Setting<OperatorsConfig> operators = OperatorsConfig.read(in);
        Setting<Optional<LoginConfig>> login = in.optionalSection("login", LoginConfig::read);
        checkWays(in, operators, login);
        checkProtection(in, host);
        return in.build(
                () ->
                        new AdminConfig(
                                host.value(),
                                port.value(),
                                tls.value(),
                                traces.value(),
                                operators.value(),
                                login.value()));
    }

    /** Operators need a way in, and a way in needs operators. */
    private static void checkWays(
            Section in, Setting<OperatorsConfig> operators, Setting<Optional<LoginConfig>> login) {
        if (!operators.isGood() || !login.isGood()) {
            return;
        }
        boolean members = !operators.value().members().isEmpty();
        boolean way = operators.value().audience().isPresent() || login.value().isPresent();
        if (members && !way) {
            in.refuse(
                    "operators",
                    "they have no way to show who they are",
                    "add `audience` for bearer tokens, or `login` for browsers");
        }
        if (way && !members) {
            in.refuse(
                    in.has("login") ? "login" : "audience",
                    "nobody is an operator",
                    "add `operators:` with `tenant` and `principals` or `groups`");
        }
    }

    /** Tokens, keys and cookies never cross a network in plain text. */
    private static void checkProtection(Section in, Setting<String> host) {
        boolean secrets = in.has("operators") || in.has("api_key") || in.has("login");
        if (secrets && !in.has("tls") && host.isGood() && !LOOPBACK.contains(host.value())) {
            in.refuse(
                    "tls",
                    "operators' tokens would cross the network unprotected",
                    "add `tls:` with `certificate` and `private_key`, or listen on loopback:"
                            + " `host: 127.0.0.1`");
        }
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
