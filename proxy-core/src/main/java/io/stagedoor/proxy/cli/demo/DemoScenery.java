package io.stagedoor.proxy.cli.demo;

import io.stagedoor.proxy.cli.demo.issuer.DemoIssuer;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.cli.demo.workspace.FakeWorkspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Everything around the proxy: the authority, the issuer, the workspace, and a folder with the
 * configuration, the certificates and the cast's tokens.
 *
 * <p>In the folder: {@code stagedoor.yaml}, {@code access.yaml}, {@code ca.pem}, {@code proxy.pem},
 * {@code proxy.key}, {@code upstream.token}, and for each of the cast {@code <name>.token}. Closing
 * stops the servers and removes the folder.
 */
public final class DemoScenery implements AutoCloseable {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(8);

    private final DemoAuthority authority;
    private final DemoIssuer issuer;
    private final FakeWorkspace workspace;
    private final DemoFolder folder;
    private final Path configuration;

    private DemoScenery(InstantSource clock, int port, int adminPort) {
        String bearer = UUID.randomUUID().toString();
        authority = DemoAuthority.create(clock);
        issuer = DemoIssuer.start(DemoCast.TENANT, clock, authority.issue());
        workspace = FakeWorkspace.start(DemoCast.WORKSPACE, bearer, clock, authority.issue());
        folder = DemoFolder.create();
        DemoCast.furnish(workspace);
        writeCertificates();
        folder.write("upstream.token", bearer);
        DemoCast.all().forEach(this::writeToken);
        configuration =
                DemoConfiguration.write(folder, issuer.issuer(), workspace.uri(), port, adminPort);
    }

    /**
     * Sets the scene for a proxy on given ports.
     *
     * @param port the clients' port in the configuration; 0 for any free one
     * @param adminPort the operator's port in the configuration; 0 for any free one
     */
    public static DemoScenery set(InstantSource clock, int port, int adminPort) {
        return new DemoScenery(clock, port, adminPort);
    }

    /** Gives the authority that signed every certificate of the scene. */
    public DemoAuthority authority() {
        return authority;
    }

    /** Gives the issuer whose tokens the proxy believes. */
    public DemoIssuer issuer() {
        return issuer;
    }

    /** Gives the workspace behind the proxy, furnished for the cast. */
    public FakeWorkspace workspace() {
        return workspace;
    }

    /** Gives the folder. */
    public DemoFolder folder() {
        return folder;
    }

    /** Gives the proxy's {@code stagedoor.yaml}. */
    public Path configuration() {
        return configuration;
    }

    /** Mints a token for one of the cast, as it lies in the folder. */
    public String token(CastMember member) {
        return issuer.mint(member.claims(DemoCast.AUDIENCE), TOKEN_LIFETIME);
    }

    @Override
    public void close() {
        issuer.close();
        workspace.close();
        folder.close();
    }

    private void writeCertificates() {
        ServerIdentity proxy = authority.issue();
        folder.write("ca.pem", authority.certificatePem());
        folder.write("proxy.pem", proxy.certificateChainPem());
        folder.write("proxy.key", proxy.privateKeyPem());
    }

    private void writeToken(CastMember member) {
        folder.write(member.name() + ".token", token(member));
    }
}
