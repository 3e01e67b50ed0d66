package io.stagedoor.proxy;

import io.stagedoor.config.workspace.WorkspaceConfig;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import io.stagedoor.proxy.directory.WorkspaceSettings;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import io.stagedoor.proxy.directory.synapse.ReadLimits;
import io.stagedoor.proxy.directory.synapse.SynapseArtifactApi;
import io.stagedoor.proxy.directory.synapse.SynapseRoleApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReader;
import io.stagedoor.proxy.journey.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What is known of one workspace, and what it is read with. Lives as long as nothing changes about
 * where the workspace is and how it is entered and read.
 *
 * <p>Directories are made and begun by one thread at a time; the rest is safe for any.
 */
final class WorkspaceParts implements AutoCloseable {

    /** A pool that a definition names is asked for again after this time. */
    private static final Duration DEFINITIONS_BELIEVED = Duration.ofMinutes(1);

    private final UpstreamCredentials credentials;
    private final WorkspaceReader reader;
    private final WorkspaceSettings settings;
    private final SynapseRoleApi roles;
    private final ScopeFacts facts;
    private final InstantSource clock;
    private Optional<WorkspaceDirectory> begun = Optional.empty();

    private WorkspaceParts(
            UpstreamCredentials credentials,
            WorkspaceReader reader,
            WorkspaceSettings settings,
            InstantSource clock) {
        this.credentials = credentials;
        this.reader = reader;
        this.settings = settings;
        this.roles = new SynapseRoleApi(reader);
        this.facts =
                new ScopeFacts(roles, new SynapseArtifactApi(reader), clock, DEFINITIONS_BELIEVED);
        this.clock = clock;
    }

    /**
     * Makes the parts; nothing is read or acquired yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    static WorkspaceParts of(WorkspaceConfig config, Translation translation, InstantSource clock)
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
        return new WorkspaceParts(credentials, reader, Translation.workspace(config), clock);
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
    Workspace forJourney(WorkspaceConfig config) {
        return new Workspace(
                Scope.workspace(config.name()),
                Translation.entrance(config),
                facts,
                Translation.tunnels(config.upstream()));
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
