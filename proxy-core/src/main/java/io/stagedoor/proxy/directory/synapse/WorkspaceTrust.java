package io.stagedoor.proxy.directory.synapse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the authorities of a PEM file, and in no others. */
public final class WorkspaceTrust {

    private WorkspaceTrust() {}

    /**
     * Makes a TLS context for clients that trusts the certificates of a file.
     *
     * @param pem a file of one or more certificates (RFC 7468)
     * @throws IOException if the file cannot be read, or holds no certificate or a broken one
     */
    public static SSLContext of(Path pem) throws IOException {
        try (InputStream file = Files.newInputStream(pem)) {
            return trusting(CertificateFactory.getInstance("X.509").generateCertificates(file));
        } catch (GeneralSecurityException broken) {
            throw new IOException("`" + pem + "` holds no usable certificates", broken);
        }
    }

    private static SSLContext trusting(Collection<? extends Certificate> authorities)
            throws GeneralSecurityException, IOException {
        if (authorities.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
