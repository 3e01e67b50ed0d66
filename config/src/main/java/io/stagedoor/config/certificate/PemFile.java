package io.stagedoor.config.certificate;

import io.stagedoor.config.certificate.UnusableCertificateException.Blamed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468); what stands between them does not count. */
public final class PemFile {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

    private PemFile() {}

    /**
     * Reads all certificates of a file, in its order.
     *
     * @throws UnusableCertificateException if it cannot be read, holds none, or one is malformed
     */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : blocks(file, "CERTIFICATE", Blamed.CERTIFICATE)) {
            certificates.add(certificate(der));
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate certificate(byte[] der) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException _) {
            throw new UnusableCertificateException(
                    Blamed.CERTIFICATE, "a block is no X.509 certificate");
        }
    }

    /**
     * Reads the PKCS #8 private key of a file.
     *
     * @param algorithm the algorithm of the public key that it belongs to
     * @throws UnusableCertificateException if it cannot be read or holds no key of that algorithm
     */
    static PrivateKey privateKey(Path file, String algorithm) throws IOException {
        byte[] der = blocks(file, "PRIVATE KEY", Blamed.PRIVATE_KEY).getFirst();
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException _) {
            throw new UnusableCertificateException(
                    Blamed.PRIVATE_KEY,
                    "the key is not one of the certificate's kind, " + algorithm);
        }
    }

    private static List<byte[]> blocks(Path file, String label, Blamed blamed) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(file, blamed));
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                blocks.add(decoded(matcher.group(2), blamed));
            }
        }
        if (blocks.isEmpty()) {
            throw new UnusableCertificateException(blamed, "there is no block `" + label + "`");
        }
        return blocks;
    }

    private static byte[] decoded(String base64, Blamed blamed) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new UnusableCertificateException(blamed, "a block is not base64");
        }
    }

    private static String text(Path file, Blamed blamed) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            throw new UnusableCertificateException(blamed, "the file cannot be read");
        }
    }
}
