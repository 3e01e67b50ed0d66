package io.stagedoor.proxy;

import io.stagedoor.config.workspace.WorkspaceConfig;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
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
 * The parts that belong to one workspace.
 *
 * @param config what is configured
 * @param directory its role assignments
 * @param facts what its scopes depend on outside a request
 */
record WorkspaceParts(WorkspaceConfig config, WorkspaceDirectory directory, ScopeFacts facts) {

    /** A pool that a definition names is asked for again after this time. */
    private static final Duration DEFINITIONS_BELIEVED = Duration.ofMinutes(1);

    static WorkspaceParts of(
            WorkspaceConfig config,
            Declared declared,
            UpstreamCredentials credentials,
            ShutdownOrder closing,
            InstantSource clock)
            throws IOException {
        WorkspaceReader reader =
                closing.closing(
                        new WorkspaceReader(
                                config.upstream().uri(),
                                Optional.of(
                                        TlsTrust.context(config.upstream().trustedCertificates())),
                                new CredentialAuthorization(credentials, config.name()),
                                ReadLimits.defaults(),
                                clock));
        SynapseRoleApi roles = new SynapseRoleApi(reader);
        return new WorkspaceParts(
                config,
                new WorkspaceDirectory(
                        Translation.workspace(config),
                        roles,
                        declared,
                        clock,
                        new SplittableRandom()),
                new ScopeFacts(roles, new SynapseArtifactApi(reader), clock, DEFINITIONS_BELIEVED));
    }

    /** Returns what the journey needs of it. */
    Workspace forJourney() {
        return new Workspace(Scope.workspace(config.name()), config.audiences(), facts);
    }
}
