package io.stagedoor.config.certificate;

import io.stagedoor.config.certificate.UnusableCertificateException.Blamed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate chain, leaf first, with the private key of the leaf. Only pairs that belong together
 * exist. Immutable.
 */
public final class CertificatePair {

    private static final int DNS_NAME = 2;

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final Set<String> names;

    private CertificatePair(List<X509Certificate> chain, PrivateKey key, Set<String> names) {
        this.chain = chain;
        this.key = key;
        this.names = names;
    }

    /**
     * Reads a pair and checks that key and certificate belong together. Blocks on the disk.
     *
     * @throws UnusableCertificateException if they do not, or one of them cannot be used
     */
    public static CertificatePair read(Path certificate, Path privateKey) throws IOException {
        List<X509Certificate> chain = PemFile.certificates(certificate);
        PublicKey published = chain.getFirst().getPublicKey();
        PrivateKey key = PemFile.privateKey(privateKey, published.getAlgorithm());
        if (!isPair(published, key)) {
            throw new UnusableCertificateException(
                    Blamed.PRIVATE_KEY, "the key is not the certificate's");
        }
        return new CertificatePair(chain, key, namesOf(chain.getFirst()));
    }

    private static boolean isPair(PublicKey published, PrivateKey key) throws IOException {
        byte[] probe = "stagedoor".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance(algorithmOf(published));
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            signer.initVerify(published);
            signer.update(probe);
            return signer.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String algorithmOf(PublicKey published) throws IOException {
        return switch (published.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default ->
                    throw new UnusableCertificateException(
                            Blamed.CERTIFICATE,
                            "its key is neither RSA nor on an elliptic curve, which clients need");
        };
    }

    /** The common name does not count (RFC 9525, 2.2). */
    private static Set<String> namesOf(X509Certificate leaf) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        try {
            Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .filter(name -> name.getFirst().equals(DNS_NAME))
                        .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                        .forEach(names::add);
            }
        } catch (CertificateParsingException _) {
            throw new UnusableCertificateException(
                    Blamed.CERTIFICATE, "its subject alternative names are malformed");
        }
        return Set.copyOf(names);
    }

    /** Returns the chain, leaf first. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Returns the leaf's private key. */
    public PrivateKey key() {
        return key;
    }

    /** Returns the host names of the leaf, in lower case; may begin with {@code *.}. */
    public Set<String> names() {
        return names;
    }

    /** Returns when the first certificate of the chain to do so expires. */
    public Instant expiresAt() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * Returns whether the leaf is for a host: by its name, or by a wildcard for exactly the leftmost
     * label (RFC 9525, 6.3).
     *
     * @param host in lower case
     */
    public boolean covers(String host) {
        int dot = host.indexOf('.');
        return names.contains(host) || (dot > 0 && names.contains("*" + host.substring(dot)));
    }

    /** Returns the leaf's names, and nothing of the key. */
    @Override
    public String toString() {
        return "CertificatePair" + names;
    }
}
