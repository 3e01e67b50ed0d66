package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RawClient;
import io.stagedoor.proxy.testing.TlsOriginator;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The proxy between two sidecars of its machine, which speak TLS in its place. */
class PlaintextIT {

    private static final AtomicReference<TlsOriginator> SIDECAR = new AtomicReference<>();

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture =
                ProxyFixture.start(
                        PlaintextIT::betweenSidecars,
                        scenery ->
                                SIDECAR.set(
                                        TlsOriginator.before(
                                                scenery.workspace().uri().getPort(),
                                                scenery.authority().trustingContext())));
    }

    private static String betweenSidecars(String configuration) {
        return configuration
                .replaceFirst("(?s)\n  tls:.*?\n(?=  [a-z]|\n|[a-z])", "\n  plaintext: true\n")
                .replaceFirst(
                        "uri: https://localhost:\\d+\n *trusted_certificates: ca.pem",
                        "uri: http://127.0.0.1:" + sidecar().port());
    }

    private static TlsOriginator sidecar() {
        return Objects.requireNonNull(SIDECAR.get());
    }

    @AfterAll
    static void stop() {
        fixture.close();
        sidecar().close();
    }

    private static String request(String field) {
        return String.join(
                "\r\n",
                "GET /synapse/demo/pipelines/nightly?api-version=2020-12-01 HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                field + "\r\n");
    }

    @Test
    void requestsPassInPlainTextOnBothSides() throws IOException {
        String answer =
                RawClient.exchangePlain(
                        fixture.proxy().port(),
                        request(
                                "Authorization: Bearer "
                                        + fixture.scenery().token(DemoCast.ENGINEER)
                                        + "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("nightly");
        assertThat(sidecar().taken()).isPositive();
    }

    @Test
    void anonymousRequestsAreRefusedAsEver() throws IOException {
        String answer = RawClient.exchangePlain(fixture.proxy().port(), request(""));

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("AuthenticationFailed");
    }
}
