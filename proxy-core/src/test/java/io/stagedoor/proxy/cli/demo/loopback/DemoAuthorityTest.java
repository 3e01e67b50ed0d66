package io.stagedoor.proxy.cli.demo.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final DemoAuthority authority = DemoAuthority.create(InstantSource.fixed(NOW));

    @Test
    void issuesCertificatesForLoopbackAndTheNamesAskedFor() throws Exception {
        ServerIdentity identity = authority.issue("demo.dev.synapse.proxy.example");

        X509Certificate leaf = certificate(identity.certificateChainPem());

        assertThat(leaf.getSubjectAlternativeNames().stream().map(List::getLast))
                .map(Object::toString)
                .containsExactlyInAnyOrder(
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1",
                        "demo.dev.synapse.proxy.example");
        leaf.verify(certificate(authority.certificatePem()).getPublicKey());
        leaf.checkValidity(Date.from(NOW));
    }

    @Test
    void onlyTheAuthorityMaySignCertificates() throws Exception {
        X509Certificate root = certificate(authority.certificatePem());
        X509Certificate leaf = certificate(authority.issue().certificateChainPem());

        assertThat(root.getBasicConstraints()).isNotNegative();
        assertThat(leaf.getBasicConstraints()).isNegative();
    }

    @Test
    void theKeyIsPemAndNeverInTheTextForm() {
        ServerIdentity identity = authority.issue();

        assertThat(identity.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(identity).hasToString("ServerIdentity[CN=localhost]");
    }

    @Test
    void eachAuthorityHasItsOwnKey() {
        DemoAuthority other = DemoAuthority.create(InstantSource.fixed(NOW));

        assertThat(other.certificatePem()).isNotEqualTo(authority.certificatePem());
    }

    private static X509Certificate certificate(String pem) throws Exception {
        String first = pem.substring(0, pem.indexOf("-----END"));
        String base64 = first.replace("-----BEGIN CERTIFICATE-----", "");
        byte[] der = Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        try (InputStream stream = new ByteArrayInputStream(der)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }
}
