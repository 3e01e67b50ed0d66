package io.stagedoor.config.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A certificate and its key as PEM texts, made for the test that runs. */
public record TestPair(String certificate, String key) {

    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final TestPair USUAL =
            validFor(Duration.ofDays(90), "localhost", "*.example", "*.dev.synapse.proxy.example");

    /** Returns one for every host that the tests' configurations name. */
    public static TestPair usual() {
        return USUAL;
    }

    /** Makes one that expires so long from now, or expired so long ago if negative. */
    public static TestPair validFor(Duration left, String... names) {
        Instant end = InstantSource.system().instant().plus(left);
        CertificateBuilder builder =
                new CertificateBuilder()
                        .subject("CN=test")
                        .notBefore(end.minus(Duration.ofDays(365)))
                        .notAfter(end)
                        .ecp256()
                        .setIsCertificateAuthority(true)
                        .addExtensionOctetString(ALTERNATIVE_NAMES, false, sequence(names));
        return made(builder);
    }

    /** In DER (RFC 5280, 4.2.1.6), since the builder takes no wildcards. */
    private static byte[] sequence(String... names) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (String name : names) {
            list.write(0x82);
            list.write(name.length());
            list.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        }
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        sequence.write(0x30);
        sequence.write(list.size());
        sequence.writeBytes(list.toByteArray());
        return sequence.toByteArray();
    }

    /** Makes one with an RSA key. */
    public static TestPair rsa() {
        return made(
                new CertificateBuilder()
                        .subject("CN=rsa")
                        .rsa2048()
                        .setIsCertificateAuthority(true)
                        .addSanDnsName("rsa.example"));
    }

    private static TestPair made(CertificateBuilder builder) {
        try {
            X509Bundle bundle = builder.buildSelfSigned();
            return new TestPair(bundle.getCertificatePathPEM(), bundle.getPrivateKeyPEM());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
