package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.proxy.admin.AdminServer;
import io.stagedoor.proxy.admin.ComponentHealth;
import io.stagedoor.proxy.admin.HealthReport;
import io.stagedoor.proxy.exchange.Exchanges;
import io.stagedoor.proxy.listener.Listener;
import io.stagedoor.proxy.reload.PartList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the proxy, what is needed first first. Used once, by one thread. */
final class Opening {

    private final Foundation foundation;
    private final Wiring wiring;
    private final Serving serving;
    private final Optional<ListenerCertificates> certificates;
    private final Optional<Reloading> reloading;
    private final ShutdownOrder closing;

    /**
     * The parts that are spoken to from outside.
     *
     * @param listener where clients connect
     * @param admin where operators look
     * @param state whether the proxy takes work
     * @param watch looks at the files
     * @param serving what is in use
     */
    record Sockets(
            Listener listener,
            AdminServer admin,
            ServingState state,
            FileWatch watch,
            Serving serving) {}

    /**
     * Makes everything that is behind the sockets.
     *
     * @param file the configuration's file, if it is watched
     * @param closing gets every part that has to be closed
     * @throws IOException if the journal is taken, or a file cannot be used
     */
    Opening(
            StagedoorConfig config,
            Optional<Path> file,
            Surroundings surroundings,
            ShutdownOrder closing)
            throws IOException {
        this.closing = closing;
        this.foundation = Foundation.open(config, surroundings, closing);
        this.wiring = new Wiring(config, foundation, PartList.first());
        this.serving = closing.closing(new Serving(foundation, wiring.generation()));
        this.certificates = wiring.certificates();
        this.reloading = file.map(path -> new Reloading(path, foundation, serving, certificates));
    }

    /**
     * Begins to work, and opens the sockets.
     *
     * @throws IOException if a port is taken
     */
    Sockets open() throws IOException {
        serving.current().begin();
        foundation.streams.start(foundation.loops.group(), serving::recheckInterval, serving);
        Exchanges exchanges = new Exchanges(serving::exchanges, ProductVersion.text());
        Listener listener = closing.closing(wiring.listen(exchanges, certificates));
        ProxyMetrics metrics =
                ProxyMetrics.register(foundation.metrics, listener, foundation.trail, serving);
        UpstreamMetrics upstreams = UpstreamMetrics.register(foundation.metrics, serving);
        KeySetMetrics keys = KeySetMetrics.register(foundation, serving);
        serving.onReplaced(
                () -> {
                    keys.showIssuers();
                    metrics.showWorkspaces();
                    upstreams.showWorkspaces();
                });
        var _ =
                closing.closing(
                        new CredentialExpiry(
                                        () -> serving.current().credentials().expiries(),
                                        foundation.expiryWarning,
                                        foundation.metrics)
                                .start());
        ServingState state = new ServingState(serving::isReady);
        AdminServer admin = wiring.administer(this::health, state, serving, closing);
        return new Sockets(listener, admin, state, closing.closing(watch()), serving);
    }

    private FileWatch watch() {
        FileWatch watch =
                new FileWatch(
                        reloading,
                        certificates.map(
                                shown ->
                                        new CertificateWatch(
                                                shown, foundation.metrics, foundation.clock)));
        watch.start();
        return watch;
    }

    private HealthReport health() {
        InstantSource clock = foundation.clock;
        List<ComponentHealth> all = new ArrayList<>(serving.health());
        certificates.ifPresent(shown -> all.addAll(shown.health(clock.instant())));
        reloading.ifPresent(each -> all.add(each.health()));
        return new HealthReport(all);
    }
}
