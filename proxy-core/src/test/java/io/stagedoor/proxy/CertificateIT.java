package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.KeptConnection;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Certificates change while connections live on; clients may show their own. */
class CertificateIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String TARGET = "/synapse/demo/pipelines/nightly?api-version=2020-12-01";

    @Test
    void newFilesAreShownToNewConnectionsAndOldOnesLiveOn() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start();
                KeptConnection old = connect(fixture)) {
            BigInteger before = old.certificate().getSerialNumber();
            ServerIdentity next = fixture.scenery().authority().issue();

            fixture.edit("proxy.pem", _ -> next.certificateChainPem());
            fixture.edit("proxy.key", _ -> next.privateKeyPem());

            awaitSerialOtherThan(before, fixture);
            assertThat(old.status("GET", TARGET, fixture.scenery().token(DemoCast.ANALYST)))
                    .isEqualTo(200);
            assertThat(fixture.admin("/metrics").body())
                    .contains("stagedoor_certificate_reload_total{result=\"success\"} 1.0")
                    .contains("stagedoor_certificate_expiry_seconds{certificate=\"proxy.pem\"}");
        }
    }

    @Test
    void brokenPairKeepsTheOldOneAndShows() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            BigInteger before = serial(fixture);
            ServerIdentity other = fixture.scenery().authority().issue();

            fixture.edit("proxy.key", _ -> other.privateKeyPem());

            Awaitility.await()
                    .atMost(BOUND)
                    .until(
                            () ->
                                    fixture.admin("/health")
                                            .body()
                                            .contains("the key is not the certificate's"));
            assertThat(fixture.admin("/health").statusCode()).isEqualTo(200);
            assertThat(serial(fixture)).isEqualTo(before);
            assertThat(fixture.admin("/metrics").body())
                    .contains("stagedoor_certificate_reload_total{result=\"failure\"} 1.0");

            fixture.edit("proxy.pem", _ -> other.certificateChainPem());

            awaitSerialOtherThan(before, fixture);
            assertThat(fixture.admin("/health").body()).doesNotContain("degraded");
        }
    }

    @Test
    void certificateOfAClientIsDemandedVerifiedAndRecorded() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start(CertificateIT::demandingCertificates)) {
            DemoScenery scenery = fixture.scenery();
            ServerIdentity client = scenery.authority().issueForClient("batch-host");
            String token = scenery.token(DemoCast.ANALYST);

            assertThatThrownBy(() -> ask(scenery.authority().trustingContext(), fixture, token))
                    .isInstanceOfAny(SSLException.class, IOException.class);
            int status = ask(scenery.authority().contextOf(client), fixture, token);

            assertThat(status).isEqualTo(200);
            Awaitility.await()
                    .atMost(BOUND)
                    .untilAsserted(() -> assertThat(shown(fixture)).contains("CN=batch-host"));
        }
    }

    private static String demandingCertificates(String yaml) {
        return yaml.replace(
                "    private_key: proxy.key\n",
                """
                    private_key: proxy.key
                    client_certificates:
                      mode: required
                      trusted_authorities: ca.pem
                """);
    }

    private static String shown(ProxyFixture fixture) {
        return JournalReading.records(fixture.journalFolder()).stream()
                .map(record -> record.at("/request/client/certificate"))
                .filter(certificate -> certificate.at("/thumbprint").asText().length() == 43)
                .map(JsonNode::toString)
                .toList()
                .toString();
    }

    private static int ask(SSLContext tls, ProxyFixture fixture, String token) throws IOException {
        try (KeptConnection connection = KeptConnection.open(tls, fixture.proxy().port())) {
            return connection.status("GET", TARGET, token);
        }
    }

    private static KeptConnection connect(ProxyFixture fixture) throws IOException {
        return KeptConnection.open(
                fixture.scenery().authority().trustingContext(), fixture.proxy().port());
    }

    private static BigInteger serial(ProxyFixture fixture) throws IOException {
        try (KeptConnection connection = connect(fixture)) {
            return connection.certificate().getSerialNumber();
        }
    }

    private static void awaitSerialOtherThan(BigInteger before, ProxyFixture fixture) {
        Awaitility.await().atMost(BOUND).until(() -> !serial(fixture).equals(before));
    }
}
