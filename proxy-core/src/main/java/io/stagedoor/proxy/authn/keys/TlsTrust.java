package io.stagedoor.proxy.authn.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes the TLS context that a server is reached with: an issuer, or a workspace that is read. */
public final class TlsTrust {

    private TlsTrust() {}

    /**
     * Returns a context that trusts exactly the certificates of the bundle, or what the JVM trusts.
     *
     * @throws IOException if the bundle cannot be read or holds no certificate
     */
    public static SSLContext context(Optional<Path> bundle) throws IOException {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(bundle.isPresent() ? keyStore(bundle.get()) : null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the trusted certificates cannot be used", unusable);
        }
    }

    private static KeyStore keyStore(Path bundle) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(bundle)) {
            store.setCertificateEntry("trusted-" + number++, certificate);
        }
        if (number == 0) {
            throw new IOException("`" + bundle + "` holds no certificate");
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path bundle)
            throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(bundle)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem);
        }
    }
}
