package io.stagedoor.proxy.cli.client;

import io.stagedoor.proxy.cli.profile.PrivateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Files that name the proxy's private authorities beside those that everyone trusts.
 *
 * <p>Most clients' variables replace what they trust, and the same client must still reach its issuer,
 * so a file with the private authorities alone would cut it off. Those that everyone trusts are the
 * Java runtime's.
 *
 * @param folder where the files are made
 * @param authorities a PEM file with the private authorities
 */
public record TrustFiles(PrivateFolder folder, Path authorities) {
    /** The password of the key store, which holds nothing secret; Java wants one. */
    public static final String PASSWORD = "changeit";

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /**
     * Makes a PEM file of all authorities, if it is not there yet.
     *
     * @throws IOException if the private ones cannot be read
     */
    public Path bundle() throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : all()) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(LINES.encodeToString(encoded(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return made("pem", pem.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Makes a PKCS #12 key store of all authorities, if it is not there yet.
     *
     * @throws IOException if the private ones cannot be read
     */
    public Path keyStore() throws IOException {
        List<X509Certificate> all = all();
        String name = nameOf(all) + ".p12";
        if (!Files.exists(folder.file(name))) {
            folder.write(name, stored(all));
        }
        return folder.file(name);
    }

    private Path made(String ending, byte[] content) {
        String name = digest(content) + "." + ending;
        if (!Files.exists(folder.file(name))) {
            folder.write(name, content);
        }
        return folder.file(name);
    }

    private static byte[] stored(List<X509Certificate> certificates) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            store.store(octets, PASSWORD.toCharArray());
            return octets.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException("no key store can be made: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> all() throws IOException {
        List<X509Certificate> all = new ArrayList<>(ownAuthorities());
        if (all.isEmpty()) {
            throw new IOException("`" + authorities + "` holds no certificate");
        }
        all.addAll(everyonesAuthorities());
        return all;
    }

    private List<X509Certificate> ownAuthorities() throws IOException {
        try (InputStream pem = Files.newInputStream(authorities)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IOException("`" + authorities + "` is no PEM file with certificates", e);
        }
    }

    private static List<X509Certificate> everyonesAuthorities() throws IOException {
        try {
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .map(X509TrustManager.class::cast)
                    .map(X509TrustManager::getAcceptedIssuers)
                    .flatMap(Stream::of)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IOException("the java runtime trusts nobody: " + e.getMessage(), e);
        }
    }

    private static String nameOf(List<X509Certificate> certificates) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (X509Certificate certificate : certificates) {
            octets.writeBytes(encoded(certificate));
        }
        return digest(octets.toByteArray());
    }

    private static byte[] encoded(X509Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IOException("a certificate cannot be written", e);
        }
    }

    private static String digest(byte[] octets) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every java runtime has SHA-256", e);
        }
    }
}
