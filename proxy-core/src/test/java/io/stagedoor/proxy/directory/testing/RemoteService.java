package io.stagedoor.proxy.directory.testing;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.stagedoor.proxy.directory.remote.HostPatience;
import io.stagedoor.proxy.directory.remote.RemoteLimits;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Readers of a fake service, and its answers. */
public final class RemoteService {

    private RemoteService() {}

    public static RemoteReader reader(
            URI uri,
            UpstreamAuthorization authorization,
            HostPatience patience,
            InstantSource clock) {
        try {
            return new RemoteReader(
                    new RemoteReader.Service(
                            "the service",
                            uri,
                            Optional.of(WorkspaceTrust.of(LoopbackCertificate.localhost().pem()))),
                    authorization,
                    limits(),
                    patience,
                    clock);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static RemoteLimits limits() {
        return new RemoteLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                1 << 20,
                20,
                5_000,
                8);
    }

    public static ResponseDefinitionBuilder json(String body) {
        return WireMock.aResponse()
                .withHeader("Content-Type", "application/json; odata.metadata=minimal")
                .withBody(body);
    }
}
