package io.stagedoor.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stagedoor.config.AuditConfig;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.UpstreamConnectionsConfig;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.workspace.WorkspaceConfig;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.proxy.admin.AdminServer;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.index.IndexedTrail;
import io.stagedoor.proxy.authn.AuthenticationListener;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.TrustedIssuer;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.body.ScopeInputReader;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import io.stagedoor.proxy.directory.ownership.OwnershipRegistry;
import io.stagedoor.proxy.exchange.AccessLog;
import io.stagedoor.proxy.exchange.AfterEffects;
import io.stagedoor.proxy.exchange.ExchangeLimits;
import io.stagedoor.proxy.exchange.ExchangeMetrics;
import io.stagedoor.proxy.exchange.ExchangeParts;
import io.stagedoor.proxy.exchange.Exchanges;
import io.stagedoor.proxy.exchange.Service;
import io.stagedoor.proxy.journey.OperationBinder;
import io.stagedoor.proxy.journey.OwnershipRules;
import io.stagedoor.proxy.journey.RequestJourney;
import io.stagedoor.proxy.journey.Stages;
import io.stagedoor.proxy.journey.Workspace;
import io.stagedoor.proxy.listener.EventLoops;
import io.stagedoor.proxy.listener.Listener;
import io.stagedoor.proxy.listener.ListenerMetrics;
import io.stagedoor.proxy.listener.TlsContexts;
import io.stagedoor.proxy.replay.RunStarts;
import io.stagedoor.proxy.route.RouteTable;
import io.stagedoor.proxy.upstream.Transport;
import io.stagedoor.proxy.upstream.Upstream;
import io.stagedoor.proxy.upstream.UpstreamSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The parts list of the proxy: the one place where its constructors are called.
 *
 * <p>Used once, by one thread.
 */
final class Wiring {

    private static final long RUN_STARTS_KEPT = 100_000;
    private static final int RESPONSE_HEAD = 64 * 1024;

    private final StagedoorConfig config;
    private final Translation translation;
    private final ShutdownOrder closing;
    private final InstantSource clock = InstantSource.system();
    private final PrometheusMeterRegistry metrics =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Begins a parts list.
     *
     * @param environment looks up environment variables, for secrets
     * @param closing gets every part that has to be closed
     */
    Wiring(
            StagedoorConfig config,
            Function<String, Optional<String>> environment,
            ShutdownOrder closing) {
        this.config = config;
        this.translation = new Translation(environment);
        this.closing = closing;
    }

    /**
     * The parts that are spoken to from outside.
     *
     * @param listener where clients connect
     * @param admin where operators look
     * @param state whether the proxy takes work
     */
    record Sockets(Listener listener, AdminServer admin, ServingState state) {}

    /**
     * Opens everything, what is needed first first.
     *
     * @throws IOException if a port or the journal is taken, or a file cannot be used
     */
    Sockets open() throws IOException {
        EventLoops loops = closing.closing(EventLoops.start(0));
        Core core = core();
        Exchanges exchanges = new Exchanges(exchangeParts(core, loops));
        core.credentials().start();
        core.directory().start();
        Thread.ofVirtual().name("key-preload").start(core.authenticator()::preload);
        Listener listener = closing.closing(listen(loops, exchanges));
        ProxyMetrics.register(metrics, listener, core.trail(), core.directory());
        ServingState state = new ServingState(core.health());
        return new Sockets(listener, closing.closing(administer(core.health(), state)), state);
    }

    /** The parts that know: what was done, who asks, what is assigned, how the upstream is entered. */
    private record Core(
            AuditTrail trail,
            UpstreamCredentials credentials,
            TokenAuthenticator authenticator,
            Directory directory,
            List<WorkspaceParts> workspaces) {

        HealthChecks health() {
            return new HealthChecks(trail, authenticator, directory, credentials);
        }
    }

    private Core core() throws IOException {
        AuditTrail trail = closing.closing(trail());
        UpstreamCredentials credentials = closing.closing(credentials());
        TokenAuthenticator authenticator = closing.closing(authenticator());
        Declared declared = Translation.declared(config.access().declared());
        List<WorkspaceParts> workspaces = workspaces(declared, credentials);
        Directory directory = closing.closing(directory(workspaces, declared));
        return new Core(trail, credentials, authenticator, directory, workspaces);
    }

    private ExchangeParts exchangeParts(Core core, EventLoops loops) throws IOException {
        ExchangeLimits limits = Translation.exchangeLimits(config.limits());
        OwnershipRegistry registry = new OwnershipRegistry(clock);
        OwnershipRules ownership = new OwnershipRules(registry);
        new OwnershipRestore(OperationCatalogue.synapse(), registry)
                .start(config.audit().directory(), clock);
        Stages stages =
                new Stages(
                        core.authenticator(),
                        core.directory(),
                        OperationCatalogue.synapse(),
                        new OperationBinder(new ScopeInputReader(limits.decidingBody())),
                        ownership,
                        core.credentials());
        return new ExchangeParts(
                new RequestJourney(routes(), forJourney(core.workspaces()), stages, clock),
                core.trail(),
                services(loops),
                new RunStarts(
                        config.limits().duplicateWindow(), RUN_STARTS_KEPT, Ticker.systemTicker()),
                new AfterEffects(
                        ownership, core.directory(), core.credentials(), facts(core.workspaces())),
                limits,
                setting());
    }

    private AdminServer administer(HealthChecks health, ServingState state) throws IOException {
        return AdminServer.start(
                new InetSocketAddress(config.admin().host(), config.admin().port()),
                health::report,
                state::isReady,
                metrics::scrape);
    }

    private AuditTrail trail() throws IOException {
        return IndexedTrail.open(Translation.journal(config.audit(), nodeName()), clock);
    }

    /** The name that this proxy signs its records with; a container's is its host name too. */
    private static String nodeName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    private UpstreamCredentials credentials() {
        UpstreamCredentials.Builder builder = UpstreamCredentials.builder(clock);
        for (WorkspaceConfig workspace : config.workspaces()) {
            builder.add(
                    workspace.name(),
                    translation.credential(workspace.credential()),
                    Translation.authority(workspace));
        }
        return builder.build();
    }

    private TokenAuthenticator authenticator() throws IOException {
        Map<TrustedIssuer, KeySetTimes> issuers = new LinkedHashMap<>();
        for (IssuerConfig issuer : config.issuers()) {
            issuers.put(Translation.issuer(issuer), Translation.keySetTimes(issuer));
        }
        return TokenAuthenticator.of(
                issuers,
                Translation.authenticationLimits(config.limits()),
                clock,
                AuthenticationListener.NONE);
    }

    private List<WorkspaceParts> workspaces(Declared declared, UpstreamCredentials credentials)
            throws IOException {
        List<WorkspaceParts> parts = new ArrayList<>();
        for (WorkspaceConfig workspace : config.workspaces()) {
            parts.add(WorkspaceParts.of(workspace, declared, credentials, closing, clock));
        }
        return parts;
    }

    private Directory directory(List<WorkspaceParts> workspaces, Declared declared) {
        return new Directory(
                workspaces.stream().map(WorkspaceParts::directory).toList(),
                declared,
                config.access().groupsComplete()
                        ? Directory.GroupSource.DECLARED
                        : Directory.GroupSource.TOKEN);
    }

    private RouteTable routes() {
        return RouteTable.of(config.workspaces().stream().map(Translation::route).toList());
    }

    private static Map<String, Workspace> forJourney(List<WorkspaceParts> workspaces) {
        Map<String, Workspace> byName = new LinkedHashMap<>();
        workspaces.forEach(parts -> byName.put(parts.config().name(), parts.forJourney()));
        return byName;
    }

    private static Map<String, ScopeFacts> facts(List<WorkspaceParts> workspaces) {
        Map<String, ScopeFacts> byName = new LinkedHashMap<>();
        workspaces.forEach(parts -> byName.put(parts.config().name(), parts.facts()));
        return byName;
    }

    private Map<String, Service> services(EventLoops loops) throws IOException {
        Transport transport = new Transport(loops.clientChannel(), loops.resolver());
        Map<String, Service> services = new LinkedHashMap<>();
        for (WorkspaceConfig workspace : config.workspaces()) {
            services.put(workspace.name(), service(workspace, transport));
        }
        return services;
    }

    private Service service(WorkspaceConfig workspace, Transport transport) throws IOException {
        UpstreamConnectionsConfig connections = config.upstreamConnections();
        int perLoop =
                Math.ceilDiv(
                        connections.maxIdleConnections(),
                        Runtime.getRuntime().availableProcessors());
        URI uri = workspace.upstream().uri();
        Upstream upstream =
                new Upstream(
                        uri.getHost(),
                        uri.getPort() < 0 ? 443 : uri.getPort(),
                        TlsContexts.forUpstream(workspace.upstream().trustedCertificates()),
                        transport,
                        new UpstreamSettings(
                                connections.connectTimeout(),
                                connections.idleTimeout(),
                                perLoop,
                                RESPONSE_HEAD));
        return new Service(
                upstream,
                uri.getHost(),
                Translation.identityOf(workspace.credential()),
                List.of(uri, workspace.upstream().cloud().workspace(workspace.name())),
                connections.responseTimeout());
    }

    private ExchangeParts.Setting setting() {
        return new ExchangeParts.Setting(
                ProductVersion.text(),
                clock,
                config.audit().sync() == AuditConfig.Sync.ALL,
                Executors.newVirtualThreadPerTaskExecutor(),
                new AccessLog().and(new ExchangeMetrics(metrics)));
    }

    private Listener listen(EventLoops loops, Exchanges exchanges) throws IOException {
        return Listener.bind(
                loops,
                new InetSocketAddress(config.listener().host(), config.listener().port()),
                TlsContexts.forListener(
                        config.listener().tls().certificate(),
                        config.listener().tls().privateKey(),
                        config.limits().http2().enabled()),
                Translation.listenerLimits(config),
                exchanges,
                new ListenerMetrics(metrics));
    }
}
