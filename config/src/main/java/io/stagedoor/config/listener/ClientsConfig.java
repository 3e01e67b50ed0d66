package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.DataSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What clients together, one address, one principal and one request may take of the proxy, and who
 * may speak for others.
 *
 * @param maxConnectionsPerAddress how many connections one address may have; the addresses of an IPv6
 *     /64 count as one
 * @param maxExchanges how many requests are worked on at once
 * @param maxFields how many header fields a request may have
 * @param body how slowly a body may come
 * @param rate how many requests one principal may make
 * @param proxyProtocolFrom the peers that begin every connection with a PROXY protocol header
 * @param forwardedFrom the peers whose {@code Forwarded} and {@code X-Forwarded-For} are believed
 */
public record ClientsConfig(
        int maxConnectionsPerAddress,
        int maxExchanges,
        int maxFields,
        Body body,
        Rate rate,
        Set<String> proxyProtocolFrom,
        Set<String> forwardedFrom) {

    /**
     * How slowly a body may come.
     *
     * @param timeout how long the proxy waits for octets of one body, all waits together
     * @param leastRate how many octets, in a second of waiting, earn a further second
     */
    public record Body(Duration timeout, DataSize leastRate) {}

    /**
     * How many requests one principal may make.
     *
     * @param requestsPerSecond the sustained rate; 0 sets no limit
     * @param burst how many may come at once
     */
    public record Rate(int requestsPerSecond, int burst) {}

    private static final int MOST = 1_000_000;

    /** Copies the sets. */
    public ClientsConfig {
        proxyProtocolFrom = Set.copyOf(proxyProtocolFrom);
        forwardedFrom = Set.copyOf(forwardedFrom);
    }

    /** Reads the section {@code listener.clients}. */
    public static Optional<ClientsConfig> read(Section in) {
        Setting<Integer> perAddress =
                in.optional("max_connections_per_address", Kinds.number(1, MOST), 1_000);
        Setting<Integer> exchanges = in.optional("max_exchanges", Kinds.number(1, MOST), 10_000);
        Setting<Integer> fields = in.optional("max_fields", Kinds.number(8, 1_000), 100);
        Setting<Duration> timeout =
                in.optional(
                        "body_timeout",
                        Kinds.duration(Duration.ofMillis(100), Duration.ofHours(1)),
                        Duration.ofSeconds(30));
        Setting<DataSize> least =
                in.optional(
                        "least_body_rate",
                        Kinds.size(DataSize.ofKibibytes(1), DataSize.ofMebibytes(1)),
                        DataSize.ofKibibytes(1));
        Setting<Integer> rate = in.optional("requests_per_second", Kinds.number(0, MOST), 0);
        Setting<Integer> burst = in.optional("burst", Kinds.number(1, MOST), 100);
        Setting<Set<String>> proxies =
                in.optionalSet("proxy_protocol_from", NetKinds.network(), List.of());
        Setting<Set<String>> forwarded =
                in.optionalSet("forwarded_from", NetKinds.network(), List.of());
        return in.build(
                () ->
                        new ClientsConfig(
                                perAddress.value(),
                                exchanges.value(),
                                fields.value(),
                                new Body(timeout.value(), least.value()),
                                new Rate(rate.value(), burst.value()),
                                proxies.value(),
                                forwarded.value()));
    }
}
