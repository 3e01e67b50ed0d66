package io.stagedoor.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.config.place.Place;
import io.stagedoor.config.place.RunMode;
import io.stagedoor.config.place.ServiceConfig;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.credential.tableau.TableauSessions;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import io.stagedoor.proxy.directory.WorkspaceSettings;
import io.stagedoor.proxy.directory.content.SiteFacts;
import io.stagedoor.proxy.directory.content.SiteReadException;
import io.stagedoor.proxy.directory.definitions.Definitions;
import io.stagedoor.proxy.directory.definitions.ReachLimits;
import io.stagedoor.proxy.directory.definitions.RunRequirements;
import io.stagedoor.proxy.directory.definitions.StrictRuns;
import io.stagedoor.proxy.directory.facts.RunFacts;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import io.stagedoor.proxy.directory.facts.SiteNames;
import io.stagedoor.proxy.directory.facts.WorkspaceFacts;
import io.stagedoor.proxy.directory.synapse.DefinitionApi;
import io.stagedoor.proxy.directory.synapse.ReadLimits;
import io.stagedoor.proxy.directory.synapse.RunApi;
import io.stagedoor.proxy.directory.synapse.SynapseArtifactApi;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReader;
import io.stagedoor.proxy.follow.RunLooks;
import io.stagedoor.proxy.journey.Destination;
import io.stagedoor.proxy.refresh.site.HttpTableauCalls;
import io.stagedoor.proxy.refresh.site.TableauCallException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What is known of one service, and what it is read with. Lives as long as nothing changes about
 * where the service is and how it is entered and read.
 *
 * <p>Directories are made and begun by one thread at a time; the rest is safe for any.
 */
final class ServiceParts implements AutoCloseable {

    /** A pool that a definition names is asked for again after this time. */
    private static final Duration DEFINITIONS_BELIEVED = Duration.ofMinutes(1);

    /** In which project a thing is is asked for again after this time. */
    private static final Duration PLACES_BELIEVED = Duration.ofMinutes(5);

    private static final int NOT_FOUND = 404;

    private final UpstreamCredentials credentials;
    private final Optional<TableauSessions> sessions;
    private final WorkspaceReader reader;
    private final WorkspaceSettings settings;
    private final SynapseRoleApi roles;
    private final ScopeFacts facts;
    private final Optional<RunLooks> looks;
    private final Optional<SitePlaces> site;
    private final InstantSource clock;
    private Optional<WorkspaceDirectory> begun = Optional.empty();

    private ServiceParts(
            UpstreamCredentials credentials,
            Optional<TableauSessions> sessions,
            WorkspaceReader reader,
            WorkspaceSettings settings,
            RunSource runs,
            InstantSource clock) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.reader = reader;
        this.settings = settings;
        this.roles = new SynapseRoleApi(reader);
        this.clock = clock;
        this.facts = facts(runs);
        this.site = runs.site();
        this.looks = runs.follows() ? looks(runs.place()) : Optional.empty();
    }

    /**
     * What runs on a service, and how much is demanded of whoever starts it.
     *
     * @param place which service it is
     * @param mode whether runs are strict there
     * @param follows whether runs are looked at until they end
     * @param site what tells where the things of a Tableau site are, if it is one
     */
    private record RunSource(
            Place place, RunMode mode, boolean follows, Optional<SitePlaces> site) {}

    /**
     * What tells where the things of a Tableau site are.
     *
     * @param calls asks the site
     * @param facts knows what was asked
     */
    private record SitePlaces(HttpTableauCalls calls, SiteFacts facts) implements AutoCloseable {

        private static SitePlaces of(
                ServiceConfig config, Place.Site site, SiteCalls.Entry entry, InstantSource clock)
                throws IOException {
            HttpTableauCalls calls =
                    SiteCalls.of(config, site, entry, Set.copyOf(SiteCalls.PLACES));
            return new SitePlaces(
                    calls, new SiteFacts(path -> read(calls, path), clock, PLACES_BELIEVED));
        }

        private static Optional<JsonNode> read(HttpTableauCalls calls, String path)
                throws SiteReadException {
            try {
                return Optional.of(calls.get(path));
            } catch (TableauCallException failure) {
                if (failure.status() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw new SiteReadException(failure.why());
            }
        }

        @Override
        public void close() {
            calls.close();
        }
    }

    private ScopeFacts facts(RunSource source) {
        return switch (source.place()) {
            case Place.Workspace _ -> {
                DefinitionApi api = DefinitionApi.ofWorkspace(reader);
                ScopeFacts scopes =
                        new WorkspaceFacts(
                                roles, new SynapseArtifactApi(reader), clock, DEFINITIONS_BELIEVED);
                yield new RunFacts(
                        scopes,
                        runs(
                                source.mode(),
                                Definitions.ofWorkspace(api, clock, DEFINITIONS_BELIEVED)),
                        api,
                        clock);
            }
            case Place.Factory factory -> {
                DefinitionApi api = DefinitionApi.ofFactory(reader, factory.resourceId());
                yield new RunFacts(
                        ScopeFacts.ofRequest(factory.root()),
                        runs(
                                source.mode(),
                                Definitions.ofFactory(api, clock, DEFINITIONS_BELIEVED)),
                        api,
                        clock);
            }
            case Place.Site _ -> source.site().orElseThrow().facts();
        };
    }

    private Optional<RunLooks> looks(Place place) {
        return switch (place) {
            case Place.Workspace _ ->
                    Optional.of(
                            ServiceRuns.ofWorkspace(
                                    RunApi.ofWorkspace(reader), place.root(), clock));
            case Place.Factory factory ->
                    Optional.of(
                            ServiceRuns.ofFactory(
                                    RunApi.ofFactory(reader, factory.resourceId()),
                                    place.root(),
                                    clock));
            case Place.Site _ -> Optional.empty();
        };
    }

    private RunRequirements runs(RunMode mode, Definitions definitions) {
        return switch (mode) {
            case PLAIN -> RunRequirements.PLAIN;
            case STRICT -> new StrictRuns(definitions, ReachLimits.defaults(), clock);
        };
    }

    /**
     * Makes the parts; nothing is read or acquired yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    static ServiceParts of(ServiceConfig config, Translation translation, InstantSource clock)
            throws IOException {
        Optional<TableauSessions> sessions = translation.sites().sessions(config, clock);
        UpstreamCredentials credentials = credentials(config, sessions, translation, clock);
        WorkspaceReader reader =
                new WorkspaceReader(
                        config.upstream().uri(),
                        Optional.of(TlsTrust.context(config.upstream().trustedCertificates())),
                        new CredentialAuthorization(credentials, config.name()),
                        ReadLimits.defaults(),
                        clock);
        return new ServiceParts(
                credentials,
                sessions,
                reader,
                Places.settings(config),
                new RunSource(
                        config.place(),
                        config.entrance().runs(),
                        config.entrance().followRuns(),
                        places(config, new SiteCalls.Entry(credentials, sessions), clock)),
                clock);
    }

    private static Optional<SitePlaces> places(
            ServiceConfig config, SiteCalls.Entry entry, InstantSource clock) throws IOException {
        return config.place() instanceof Place.Site site
                ? Optional.of(SitePlaces.of(config, site, entry, clock))
                : Optional.empty();
    }

    private static UpstreamCredentials credentials(
            ServiceConfig config,
            Optional<TableauSessions> sessions,
            Translation translation,
            InstantSource clock) {
        UpstreamCredentials.Builder builder = UpstreamCredentials.builder(clock);
        return sessions.isPresent()
                ? builder.add(config.name(), sessions.get()).build()
                : builder.add(
                                config.name(),
                                translation.credentials().source(config),
                                translation.credentials().authority(config))
                        .build();
    }

    /** Returns the sessions that it is entered with, if it is a Tableau site. */
    Optional<TableauSessions> sessions() {
        return sessions;
    }

    /** Returns the credential that it is entered with. */
    UpstreamCredentials credentials() {
        return credentials;
    }

    /** Returns what its scopes depend on outside a request. */
    ScopeFacts facts() {
        return facts;
    }

    /** Returns what knows in which project a thing is, if it is a Tableau site. */
    Optional<SiteFacts> siteFacts() {
        return site.map(SitePlaces::facts);
    }

    /** Returns what looks at its runs until they end, if they are followed. */
    Optional<RunLooks> looks() {
        return looks;
    }

    /** Returns what the journey needs of it. */
    Destination forJourney(ServiceConfig config) {
        return new Destination(
                config.root(),
                Translation.entrance(config),
                namedAs(config),
                new Destination.Operations(Places.calls(config.place()), Places.tunnels(config)),
                Places.ownNames(config.place()));
    }

    private ScopeFacts namedAs(ServiceConfig config) {
        return config.place() instanceof Place.Site site && sessions.isPresent()
                ? new SiteNames(site.contentUrl(), sessions.get()::siteLuid, facts)
                : facts;
    }

    /** Makes a directory with these declarations, which goes on from the one begun last. */
    WorkspaceDirectory directory(Declared declared) {
        return begun.map(last -> last.successor(declared))
                .orElseGet(
                        () ->
                                new WorkspaceDirectory(
                                        settings, roles, declared, clock, new SplittableRandom()));
    }

    /** Begins to acquire the credential, and to read the workspace for a directory. */
    void begin(WorkspaceDirectory directory) {
        credentials.start();
        directory.start();
        begun = Optional.of(directory);
    }

    @Override
    public void close() {
        reader.close();
        site.ifPresent(SitePlaces::close);
        credentials.close();
    }
}
