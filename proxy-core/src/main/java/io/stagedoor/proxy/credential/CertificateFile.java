package io.stagedoor.proxy.credential;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into the file of an application's certificate. Blocks on the disk. */
final class CertificateFile {

    private static final int LONGEST = 1 << 20;
    private static final Pattern CERTIFICATE =
            Pattern.compile(
                    "-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");

    private CertificateFile() {}

    /** Returns whether the file is in PEM form; one that cannot be read is taken for one. */
    static boolean isPem(Path file) {
        try {
            return isPem(bytes(file));
        } catch (IOException _) {
            return true;
        }
    }

    private static boolean isPem(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /**
     * Returns when the application's certificate expires, which is the first in the file.
     *
     * @param password what opens a file of PKCS #12
     */
    static Optional<Instant> expiryOf(Path file, String password) {
        try {
            byte[] content = bytes(file);
            Optional<X509Certificate> certificate =
                    isPem(content) ? pem(content) : pkcs12(content, password);
            return certificate.map(found -> found.getNotAfter().toInstant());
        } catch (IOException | GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST);
        }
    }

    private static Optional<X509Certificate> pem(byte[] content) throws GeneralSecurityException {
        Matcher block = CERTIFICATE.matcher(new String(content, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            return Optional.empty();
        }
        byte[] der = Base64.getMimeDecoder().decode(block.group(1));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return factory.generateCertificate(new ByteArrayInputStream(der))
                        instanceof X509Certificate x509
                ? Optional.of(x509)
                : Optional.empty();
    }

    private static Optional<X509Certificate> pkcs12(byte[] content, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(content), password.toCharArray());
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)
                    && store.getCertificate(alias) instanceof X509Certificate x509) {
                return Optional.of(x509);
            }
        }
        return Optional.empty();
    }
}
