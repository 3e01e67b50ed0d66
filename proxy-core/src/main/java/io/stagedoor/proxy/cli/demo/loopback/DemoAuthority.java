package io.stagedoor.proxy.cli.demo.loopback;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A certificate authority for loopback servers, whose key exists only in this process (RFC 5280).
 *
 * <p>Every server certificate names {@code localhost}, {@code 127.0.0.1} and {@code ::1}, and the
 * further host names asked for. Certificates are valid from one hour before the start until 30 days
 * after it. Immutable and safe for use by several threads.
 */
public final class DemoAuthority {
    private static final Duration TOLERATED_CLOCK_DIFFERENCE = Duration.ofHours(1);
    private static final Duration VALIDITY = Duration.ofDays(30);

    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final X509Bundle root;
    private final Instant notBefore;
    private final Instant notAfter;

    private DemoAuthority(X509Bundle root, Instant notBefore, Instant notAfter) {
        this.root = root;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
    }

    /**
     * Makes an authority with a new P-256 key.
     *
     * @throws IllegalStateException when the Java runtime lacks P-256 or SHA-256
     */
    public static DemoAuthority create(InstantSource clock) {
        Instant notBefore = clock.instant().minus(TOLERATED_CLOCK_DIFFERENCE);
        Instant notAfter = clock.instant().plus(VALIDITY);
        CertificateBuilder builder =
                new CertificateBuilder()
                        .subject("CN=Stagedoor demo authority")
                        .notBefore(notBefore)
                        .notAfter(notAfter)
                        .ecp256()
                        .setIsCertificateAuthority(true)
                        .setKeyUsage(true, KeyUsage.keyCertSign, KeyUsage.cRLSign);
        return new DemoAuthority(built(builder::buildSelfSigned), notBefore, notAfter);
    }

    /**
     * Issues a certificate for a loopback server.
     *
     * @param hostNames DNS names beside {@code localhost}; may hold a wildcard label
     */
    public ServerIdentity issue(String... hostNames) {
        return issue(notAfter, hostNames);
    }

    /**
     * Issues a certificate for a loopback server that expires at a given time.
     *
     * @param hostNames as above
     */
    public ServerIdentity issue(Instant expiresAt, String... hostNames) {
        AlternativeNames names =
                new AlternativeNames()
                        .host("localhost")
                        .address(IPV4_LOOPBACK)
                        .address(IPV6_LOOPBACK);
        for (String hostName : hostNames) {
            names.host(hostName);
        }
        CertificateBuilder builder =
                new CertificateBuilder()
                        .subject("CN=localhost")
                        .notBefore(notBefore)
                        .notAfter(expiresAt)
                        .ecp256()
                        .setKeyUsage(true, KeyUsage.digitalSignature)
                        .addExtendedKeyUsageServerAuth()
                        .addExtensionOctetString(AlternativeNames.OID, false, names.encoded());
        return new ServerIdentity(built(() -> builder.buildIssuedBy(root)));
    }

    /**
     * Issues a certificate for a client.
     *
     * @param name its common name
     */
    public ServerIdentity issueForClient(String name) {
        CertificateBuilder builder =
                new CertificateBuilder()
                        .subject("CN=" + name)
                        .notBefore(notBefore)
                        .notAfter(notAfter)
                        .ecp256()
                        .setKeyUsage(true, KeyUsage.digitalSignature)
                        .addExtendedKeyUsageClientAuth();
        return new ServerIdentity(built(() -> builder.buildIssuedBy(root)));
    }

    /** Gives the authority's certificate as PEM, the file for {@code curl --cacert}. */
    public String certificatePem() {
        return root.getCertificatePEM();
    }

    /** Gives a client-side context that trusts this authority and nothing else. */
    public SSLContext trustingContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {root.toTrustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this java runtime cannot make a TLS context", e);
        }
    }

    private static X509Bundle built(CertificateSource source) {
        try {
            return source.get();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("this java runtime cannot make certificates", e);
        }
    }

    /** The builder's last step, which is declared to throw anything. */
    private interface CertificateSource {
        X509Bundle get() throws Exception;
    }
}
