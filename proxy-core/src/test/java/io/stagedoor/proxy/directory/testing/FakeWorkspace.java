package io.stagedoor.proxy.directory.testing;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import io.stagedoor.proxy.directory.synapse.ReadLimits;
import io.stagedoor.proxy.directory.synapse.WorkspaceReader;
import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** WireMock over TLS on loopback in the place of a workspace; empty before each test. */
public final class FakeWorkspace implements BeforeEachCallback, AfterAllCallback {

    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options()
                            .bindAddress("127.0.0.1")
                            .httpDisabled(true)
                            .dynamicHttpsPort()
                            .keystorePath(LoopbackCertificate.localhost().store().toString())
                            .keystorePassword(LoopbackCertificate.PASSWORD)
                            .keyManagerPassword(LoopbackCertificate.PASSWORD)
                            .keystoreType("PKCS12")
                            .containerThreads(16));

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!server.isRunning()) {
            server.start();
        }
        server.resetAll();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop();
    }

    public WireMockServer server() {
        return server;
    }

    public URI uri() {
        return URI.create("https://localhost:" + server.httpsPort());
    }

    public WorkspaceReader reader(InstantSource clock) {
        return reader(new FixedAuthorization("Bearer proxy"), limits(), clock);
    }

    public WorkspaceReader reader(
            UpstreamAuthorization authorization, ReadLimits limits, InstantSource clock) {
        try {
            return new WorkspaceReader(
                    uri(),
                    Optional.of(WorkspaceTrust.of(LoopbackCertificate.localhost().pem())),
                    authorization,
                    limits,
                    clock);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static ReadLimits limits() {
        return new ReadLimits(
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                1 << 20,
                50,
                10_000,
                3);
    }
}
