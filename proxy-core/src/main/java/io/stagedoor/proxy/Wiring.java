package io.stagedoor.proxy;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stagedoor.config.AuditConfig;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.access.DeclaredAccess;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.listener.TlsConfig;
import io.stagedoor.config.upstream.UpstreamConnectionsConfig;
import io.stagedoor.config.workspace.AssignmentsConfig;
import io.stagedoor.config.workspace.CredentialConfig;
import io.stagedoor.config.workspace.UpstreamConfig;
import io.stagedoor.config.workspace.WorkspaceConfig;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.proxy.admin.AdminServer;
import io.stagedoor.proxy.admin.HealthReport;
import io.stagedoor.proxy.authn.AuthenticationLimits;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.TokenVerifier;
import io.stagedoor.proxy.body.ScopeInputReader;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import io.stagedoor.proxy.exchange.AfterEffects;
import io.stagedoor.proxy.exchange.ExchangeLimits;
import io.stagedoor.proxy.exchange.ExchangeParts;
import io.stagedoor.proxy.exchange.Exchanges;
import io.stagedoor.proxy.exchange.InFlight;
import io.stagedoor.proxy.exchange.Service;
import io.stagedoor.proxy.journey.OperationBinder;
import io.stagedoor.proxy.journey.RequestJourney;
import io.stagedoor.proxy.journey.Stages;
import io.stagedoor.proxy.journey.Workspace;
import io.stagedoor.proxy.listener.Listener;
import io.stagedoor.proxy.listener.ListenerMetrics;
import io.stagedoor.proxy.reload.FileDigest;
import io.stagedoor.proxy.reload.PartList;
import io.stagedoor.proxy.route.RouteTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts list of a configuration: the one place where its constructors are called.
 *
 * <p>Used by one thread, once for each configuration that is taken up. What does not depend on the
 * configuration stands in the {@link Foundation}.
 */
final class Wiring {

    private final StagedoorConfig config;
    private final Foundation foundation;
    private final PartList parts;
    private final Translation translation;
    private final InstantSource clock;
    private final PrometheusMeterRegistry metrics;

    /**
     * Begins a parts list.
     *
     * @param parts takes the parts, and gives those of the generation before
     */
    Wiring(StagedoorConfig config, Foundation foundation, PartList parts) {
        this.config = config;
        this.foundation = foundation;
        this.parts = parts;
        this.translation = foundation.translation;
        this.clock = foundation.clock;
        this.metrics = foundation.metrics;
    }

    /**
     * Makes everything that requests need; nothing of it has begun to work yet.
     *
     * @throws IOException if a file cannot be used; no part is left behind then
     */
    Generation generation() throws IOException {
        try {
            return made();
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private Generation made() throws IOException {
        TokenAuthenticator authenticator = authenticator();
        Map<String, WorkspaceParts> workspaces = workspaces();
        UpstreamCredentials credentials =
                UpstreamCredentials.joined(
                        workspaces.values().stream().map(WorkspaceParts::credentials).toList());
        Directory directory = directory(workspaces);
        ExchangeParts exchanges =
                exchangeParts(
                        new Stages(
                                authenticator,
                                foundation.rates,
                                directory,
                                OperationCatalogue.synapse(),
                                new OperationBinder(
                                        new ScopeInputReader(exchangeLimits().decidingBody())),
                                foundation.ownership,
                                credentials),
                        workspaces);
        return new Generation(
                config, parts, authenticator, directory, credentials, workspaces, exchanges);
    }

    private ExchangeParts exchangeParts(Stages stages, Map<String, WorkspaceParts> workspaces)
            throws IOException {
        return new ExchangeParts(
                new RequestJourney(routes(), forJourney(workspaces), stages, clock),
                foundation.trail,
                services(),
                foundation.runStarts,
                new AfterEffects(
                        stages.ownership(),
                        stages.directory(),
                        stages.credentials(),
                        facts(workspaces)),
                exchangeLimits(),
                setting());
    }

    private ExchangeLimits exchangeLimits() {
        return Translation.exchangeLimits(config.limits());
    }

    private record IssuerKey(IssuerConfig issuer, FileDigest trusted) {}

    private record AuthenticatorKey(List<IssuerKey> issuers, AuthenticationLimits limits) {}

    private TokenAuthenticator authenticator() throws IOException {
        AuthenticationLimits limits = Translation.authenticationLimits(config.limits());
        List<IssuerKey> keys = new ArrayList<>();
        List<TokenVerifier> verifiers = new ArrayList<>();
        for (IssuerConfig issuer : config.issuers()) {
            FileDigest trusted =
                    FileDigest.of(issuer.keys().trustedCertificates().stream().toList());
            keys.add(new IssuerKey(issuer, trusted));
            verifiers.add(parts.take(TokenVerifier.class, keys.getLast(), () -> verifier(issuer)));
        }
        return parts.take(
                        Remembering.class,
                        new AuthenticatorKey(keys, limits),
                        () ->
                                new Remembering(
                                        TokenAuthenticator.of(
                                                verifiers, limits, clock, foundation.tokens)))
                .authenticator();
    }

    /** An authenticator, whose verifiers are closed by themselves. */
    private record Remembering(TokenAuthenticator authenticator) implements AutoCloseable {

        @Override
        public void close() {
            // what it remembers is left to the garbage collector
        }
    }

    private TokenVerifier verifier(IssuerConfig issuer) throws IOException {
        return TokenVerifier.of(
                Translation.issuer(issuer),
                Translation.keySetTimes(issuer),
                clock,
                foundation.tokens);
    }

    private record WorkspaceKey(
            String name,
            String tenant,
            UpstreamConfig upstream,
            CredentialConfig credential,
            AssignmentsConfig assignments,
            FileDigest files) {}

    private static WorkspaceKey keyOf(WorkspaceConfig workspace) {
        return new WorkspaceKey(
                workspace.name(),
                workspace.tenant(),
                workspace.upstream(),
                workspace.credential(),
                workspace.assignments(),
                FileDigest.of(WatchedFiles.of(workspace)));
    }

    private Map<String, WorkspaceParts> workspaces() throws IOException {
        Map<String, WorkspaceParts> byName = new LinkedHashMap<>();
        for (WorkspaceConfig workspace : config.workspaces()) {
            byName.put(
                    workspace.name(),
                    parts.take(
                            WorkspaceParts.class,
                            keyOf(workspace),
                            () -> WorkspaceParts.of(workspace, translation, clock)));
        }
        return byName;
    }

    private record DirectoryKey(WorkspaceKey workspace, DeclaredAccess declared) {}

    private Directory directory(Map<String, WorkspaceParts> workspaces) throws IOException {
        Declared declared = Translation.declared(config.access().declared());
        List<WorkspaceDirectory> directories = new ArrayList<>();
        for (WorkspaceConfig workspace : config.workspaces()) {
            WorkspaceParts known = Objects.requireNonNull(workspaces.get(workspace.name()));
            directories.add(
                    parts.take(
                            WorkspaceDirectory.class,
                            new DirectoryKey(keyOf(workspace), config.access().declared()),
                            () -> known.directory(declared)));
        }
        return new Directory(
                directories,
                declared,
                config.access().groupsComplete()
                        ? Directory.GroupSource.DECLARED
                        : Directory.GroupSource.TOKEN);
    }

    private RouteTable routes() {
        return RouteTable.of(config.workspaces().stream().map(Translation::route).toList());
    }

    private Map<String, Workspace> forJourney(Map<String, WorkspaceParts> workspaces) {
        Map<String, Workspace> byName = new LinkedHashMap<>();
        for (WorkspaceConfig workspace : config.workspaces()) {
            WorkspaceParts known = Objects.requireNonNull(workspaces.get(workspace.name()));
            byName.put(workspace.name(), known.forJourney(workspace));
        }
        return byName;
    }

    private static Map<String, ScopeFacts> facts(Map<String, WorkspaceParts> workspaces) {
        Map<String, ScopeFacts> byName = new LinkedHashMap<>();
        workspaces.forEach((name, known) -> byName.put(name, known.facts()));
        return byName;
    }

    private record ServiceKey(
            String name,
            UpstreamConfig upstream,
            CredentialConfig credential,
            UpstreamConnectionsConfig connections,
            FileDigest trusted) {}

    /** A service whose connections, look-ups and checks end with it. */
    private record Connected(Service service) implements AutoCloseable {

        @Override
        public void close() {
            service.upstream().close();
        }
    }

    private Map<String, Service> services() throws IOException {
        Map<String, Service> services = new LinkedHashMap<>();
        UpstreamParts upstreams =
                new UpstreamParts(config.upstreamConnections(), foundation.transport);
        for (WorkspaceConfig workspace : config.workspaces()) {
            ServiceKey key =
                    new ServiceKey(
                            workspace.name(),
                            workspace.upstream(),
                            workspace.credential(),
                            config.upstreamConnections(),
                            FileDigest.of(
                                    workspace.upstream().trustedCertificates().stream().toList()));
            services.put(
                    workspace.name(),
                    parts.take(
                                    Connected.class,
                                    key,
                                    () -> new Connected(upstreams.service(workspace)))
                            .service());
        }
        return services;
    }

    private ExchangeParts.Setting setting() {
        return new ExchangeParts.Setting(
                ProductVersion.text(),
                clock,
                config.audit().sync() == AuditConfig.Sync.ALL,
                foundation.threads,
                new ExchangeParts.Watch(foundation.observer, foundation.tracing),
                foundation.streams,
                new InFlight(),
                foundation.door);
    }

    /** Reads the listener's certificates, if it encrypts. */
    Optional<ListenerCertificates> certificates() throws IOException {
        Optional<TlsConfig> tls = config.listener().tls();
        return tls.isEmpty() ? Optional.empty() : Optional.of(ListenerCertificates.open(tls.get()));
    }

    /** Opens the socket that clients connect to. */
    Listener listen(Exchanges exchanges, Optional<ListenerCertificates> certificates)
            throws IOException {
        return Listener.bind(
                foundation.loops,
                new InetSocketAddress(config.listener().host(), config.listener().port()),
                certificates.map(ListenerCertificates::tls),
                Translation.listenerLimits(config),
                exchanges::onConnection,
                new ListenerMetrics(metrics));
    }

    /** Opens the operators' socket. */
    AdminServer administer(Supplier<HealthReport> health, ServingState state) throws IOException {
        return AdminServer.start(
                new InetSocketAddress(config.admin().host(), config.admin().port()),
                health,
                state::isReady,
                metrics::scrape);
    }
}
