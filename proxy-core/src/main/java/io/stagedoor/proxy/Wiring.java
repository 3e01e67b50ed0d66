package io.stagedoor.proxy;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.stagedoor.config.AuditConfig;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.access.DeclaredAccess;
import io.stagedoor.config.directory.MappedGroup;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.listener.TlsConfig;
import io.stagedoor.config.place.AssignmentsConfig;
import io.stagedoor.config.place.CredentialConfig;
import io.stagedoor.config.place.RunMode;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.config.place.UpstreamConfig;
import io.stagedoor.config.upstream.UpstreamConnectionsConfig;
import io.stagedoor.proxy.admin.AdminServer;
import io.stagedoor.proxy.admin.HealthReport;
import io.stagedoor.proxy.admin.resource.EventsResource;
import io.stagedoor.proxy.admin.resource.OpenPage;
import io.stagedoor.proxy.admin.resource.RefreshResource;
import io.stagedoor.proxy.admin.resource.RefreshesResource;
import io.stagedoor.proxy.admin.resource.RotationResource;
import io.stagedoor.proxy.admin.resource.StateResource;
import io.stagedoor.proxy.authn.AuthenticationLimits;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.authn.TokenVerifier;
import io.stagedoor.proxy.body.ScopeInputReader;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.credential.tableau.IssuerKeys;
import io.stagedoor.proxy.credential.tableau.TableauSessions;
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
import io.stagedoor.proxy.gaps.GapResource;
import io.stagedoor.proxy.journey.Destination;
import io.stagedoor.proxy.journey.OperationBinder;
import io.stagedoor.proxy.journey.RequestJourney;
import io.stagedoor.proxy.journey.SessionDesk;
import io.stagedoor.proxy.journey.Stages;
import io.stagedoor.proxy.listener.Listener;
import io.stagedoor.proxy.listener.ListenerMetrics;
import io.stagedoor.proxy.operator.AssignmentRefresh;
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
        Map<String, ServiceParts> serviceParts = serviceParts();
        UpstreamCredentials credentials =
                UpstreamCredentials.joined(
                        serviceParts.values().stream().map(ServiceParts::credentials).toList());
        GroupParts groups = GroupParts.of(config.access().groups(), foundation, parts);
        Directory directory = directory(serviceParts, groups);
        Map<String, Service> upstreams = services();
        ServiceList services =
                ServiceList.of(config, new SiteTools(serviceParts, upstreams, foundation), parts);
        ExchangeParts exchanges =
                exchangeParts(
                        new Stages(
                                authenticator,
                                foundation.rates,
                                directory,
                                new OperationBinder(
                                        new ScopeInputReader(exchangeLimits().decidingBody())),
                                foundation.ownership,
                                services.guarded(),
                                credentials,
                                new SessionDesk(foundation.sessions, sites(serviceParts))),
                        serviceParts,
                        upstreams);
        return new Generation(
                config, parts, authenticator, directory, credentials, services, groups, exchanges);
    }

    private static Map<String, TableauSessions> sites(Map<String, ServiceParts> serviceParts) {
        Map<String, TableauSessions> byName = new LinkedHashMap<>();
        serviceParts.forEach(
                (name, known) -> known.sessions().ifPresent(held -> byName.put(name, held)));
        return byName;
    }

    private ExchangeParts exchangeParts(
            Stages stages, Map<String, ServiceParts> serviceParts, Map<String, Service> upstreams)
            throws IOException {
        return new ExchangeParts(
                new RequestJourney(routes(), forJourney(serviceParts), stages, clock),
                foundation.trail,
                upstreams,
                foundation.runStarts,
                new AfterEffects(
                        stages.ownership(),
                        stages.directory(),
                        facts(serviceParts),
                        foundation.follower,
                        stages.refreshes()),
                exchangeLimits(),
                new ExchangeParts.Announcements(
                        AssertionParts.of(config.upstreams().assertion(), parts, foundation),
                        Places.documents(config.services()),
                        new OpenParts(parts, clock).sites(config.services())),
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
            FileDigest trusted = FileDigest.of(WatchedFiles.of(issuer));
            keys.add(new IssuerKey(issuer, trusted));
            verifiers.add(parts.take(TokenVerifier.class, keys.getLast(), () -> verifier(issuer)));
        }
        return parts.take(
                        Remembering.class,
                        new AuthenticatorKey(keys, limits),
                        () ->
                                new Remembering(
                                        TokenAuthenticator.of(
                                                verifiers,
                                                limits,
                                                clock,
                                                foundation.tokens,
                                                foundation.seenProofs)))
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
                translation.issuer(issuer),
                Translation.keySetTimes(issuer),
                clock,
                foundation.tokens);
    }

    private record ServiceKey(
            String name,
            String tenant,
            UpstreamConfig upstream,
            CredentialConfig credential,
            AssignmentsConfig assignments,
            RunMode runs,
            boolean followsRuns,
            FileDigest files) {}

    private static ServiceKey keyOf(ServiceConfig service) {
        return new ServiceKey(
                service.name(),
                service.tenant(),
                service.upstream(),
                service.credential(),
                service.assignments(),
                service.entrance().runs(),
                service.entrance().followRuns(),
                FileDigest.of(WatchedFiles.of(service)));
    }

    private Map<String, ServiceParts> serviceParts() throws IOException {
        Map<String, ServiceParts> byName = new LinkedHashMap<>();
        for (ServiceConfig service : config.services()) {
            byName.put(
                    service.name(),
                    parts.take(
                            ServiceParts.class,
                            keyOf(service),
                            () -> ServiceParts.of(service, translation, clock)));
        }
        return byName;
    }

    private record DirectoryKey(
            ServiceKey service, DeclaredAccess declared, List<MappedGroup> mapped) {}

    private Directory directory(Map<String, ServiceParts> serviceParts, GroupParts groups)
            throws IOException {
        List<MappedGroup> mapped = config.access().groups().mapped();
        Declared declared = Translation.declared(config.access().declared(), mapped);
        List<WorkspaceDirectory> directories = new ArrayList<>();
        for (ServiceConfig service : config.services()) {
            ServiceParts known = Objects.requireNonNull(serviceParts.get(service.name()));
            directories.add(
                    parts.take(
                            WorkspaceDirectory.class,
                            new DirectoryKey(keyOf(service), config.access().declared(), mapped),
                            () -> known.directory(declared)));
        }
        return new Directory(
                directories,
                declared,
                config.access().groupsComplete()
                        ? Directory.GroupSource.DECLARED
                        : Directory.GroupSource.TOKEN,
                groups.byTenant());
    }

    private RouteTable routes() {
        return RouteTable.of(config.services().stream().map(Places::route).toList());
    }

    private Map<String, Destination> forJourney(Map<String, ServiceParts> serviceParts) {
        Map<String, Destination> byName = new LinkedHashMap<>();
        for (ServiceConfig service : config.services()) {
            ServiceParts known = Objects.requireNonNull(serviceParts.get(service.name()));
            byName.put(service.name(), known.forJourney(service));
        }
        return byName;
    }

    private static Map<String, ScopeFacts> facts(Map<String, ServiceParts> serviceParts) {
        Map<String, ScopeFacts> byName = new LinkedHashMap<>();
        serviceParts.forEach((name, known) -> byName.put(name, known.facts()));
        return byName;
    }

    private record ConnectionKey(
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
        for (ServiceConfig service : config.services()) {
            ConnectionKey key =
                    new ConnectionKey(
                            service.name(),
                            service.upstream(),
                            service.credential(),
                            config.upstreamConnections(),
                            FileDigest.of(
                                    service.upstream().trustedCertificates().stream().toList()));
            services.put(
                    service.name(),
                    parts.take(
                                    Connected.class,
                                    key,
                                    () -> new Connected(upstreams.service(service)))
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

    private static String publishedKeys(Generation generation) {
        return IssuerKeys.publicSet(
                sites(generation.services().parts()).values().stream()
                        .flatMap(site -> site.issuerKeys().stream())
                        .toList());
    }

    /** Opens the operators' socket. */
    AdminServer administer(
            Supplier<HealthReport> health,
            ServingState state,
            Serving serving,
            ShutdownOrder closing)
            throws IOException {
        AdminParts admin = new AdminParts(config.admin(), foundation, serving);
        SiteOperations sites =
                new SiteOperations(() -> serving.current().services().sites(), clock);
        return admin.open(
                List.of(
                        OpenPage.health(health),
                        OpenPage.ready(state::isReady),
                        OpenPage.metrics(metrics::scrape),
                        OpenPage.tableauKeySet(() -> publishedKeys(serving.current())),
                        OpenPage.keySet(() -> AssertionParts.keySet(serving.exchanges())),
                        new StateResource(admin.state()),
                        new RefreshResource(new AssignmentRefresh(serving::served)),
                        new GapResource(config.audit().directory(), clock),
                        new RefreshesResource(sites),
                        new RotationResource(sites),
                        new EventsResource(sites),
                        new ScimResource(
                                name -> serving.current().groups().scim(name), foundation.trail)),
                closing);
    }
}
