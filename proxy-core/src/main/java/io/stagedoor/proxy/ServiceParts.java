package io.stagedoor.proxy;

import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import io.stagedoor.proxy.directory.WorkspaceSettings;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import io.stagedoor.proxy.directory.facts.WorkspaceFacts;
import io.stagedoor.proxy.directory.synapse.ReadLimits;
import io.stagedoor.proxy.directory.synapse.SynapseArtifactApi;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReader;
import io.stagedoor.proxy.journey.Destination;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
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

    private final UpstreamCredentials credentials;
    private final WorkspaceReader reader;
    private final WorkspaceSettings settings;
    private final SynapseRoleApi roles;
    private final ScopeFacts facts;
    private final InstantSource clock;
    private Optional<WorkspaceDirectory> begun = Optional.empty();

    private ServiceParts(
            UpstreamCredentials credentials,
            WorkspaceReader reader,
            WorkspaceSettings settings,
            InstantSource clock) {
        this.credentials = credentials;
        this.reader = reader;
        this.settings = settings;
        this.roles = new SynapseRoleApi(reader);
        this.clock = clock;
        this.facts = facts(settings.root());
    }

    private ScopeFacts facts(Scope root) {
        return root.rootType() == RootType.WORKSPACE
                ? new WorkspaceFacts(
                        roles, new SynapseArtifactApi(reader), clock, DEFINITIONS_BELIEVED)
                : ScopeFacts.OF_REQUEST;
    }

    /**
     * Makes the parts; nothing is read or acquired yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    static ServiceParts of(ServiceConfig config, Translation translation, InstantSource clock)
            throws IOException {
        UpstreamCredentials credentials =
                UpstreamCredentials.builder(clock)
                        .add(
                                config.name(),
                                translation.credentials().source(config),
                                translation.credentials().authority(config))
                        .build();
        WorkspaceReader reader =
                new WorkspaceReader(
                        config.upstream().uri(),
                        Optional.of(TlsTrust.context(config.upstream().trustedCertificates())),
                        new CredentialAuthorization(credentials, config.name()),
                        ReadLimits.defaults(),
                        clock);
        return new ServiceParts(credentials, reader, Places.settings(config), clock);
    }

    /** Returns the credential that it is entered with. */
    UpstreamCredentials credentials() {
        return credentials;
    }

    /** Returns what its scopes depend on outside a request. */
    ScopeFacts facts() {
        return facts;
    }

    /** Returns what the journey needs of it. */
    Destination forJourney(ServiceConfig config) {
        return new Destination(
                config.root(),
                Translation.entrance(config),
                facts,
                new Destination.Operations(Places.calls(config.place()), Places.tunnels(config)),
                Places.ownNames(config.place()));
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
        credentials.close();
    }
}
