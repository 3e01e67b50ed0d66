package io.stagedoor.proxy.operator;

import io.stagedoor.config.certificate.CertificatePair;
import io.stagedoor.config.listener.CertificateConfig;
import io.stagedoor.proxy.reload.FileDigest;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the operators' port, and its new files once they are there: handshakes are rare
 * enough to look at the files in each. New files that cannot be used leave the old pair in use.
 *
 * <p>Safe for any thread.
 */
public final class AdminCertificate extends X509ExtendedKeyManager {

    private static final Logger LOG = LoggerFactory.getLogger(AdminCertificate.class);
    private static final String ALIAS = "admin";

    private final CertificateConfig config;
    private FileDigest digest;
    private volatile CertificatePair pair;

    private AdminCertificate(CertificateConfig config) throws IOException {
        this.config = config;
        this.digest = digestNow();
        this.pair = config.load();
    }

    /**
     * Makes a context that shows the certificate.
     *
     * @throws IOException if the files cannot be used now
     */
    public static SSLContext context(CertificateConfig config) throws IOException {
        AdminCertificate shown = new AdminCertificate(config);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {shown}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate of the admin socket cannot be used", e);
        }
    }

    private FileDigest digestNow() {
        return FileDigest.of(List.of(config.certificate(), config.privateKey()));
    }

    private synchronized void look() {
        FileDigest now = digestNow();
        if (now.equals(digest)) {
            return;
        }
        digest = now;
        try {
            pair = config.load();
            LOG.atInfo()
                    .addKeyValue("certificate", config.certificate())
                    .addKeyValue("expires", pair.expiresAt())
                    .log("the admin socket shows a new certificate");
        } catch (IOException unusable) {
            LOG.atError()
                    .addKeyValue("certificate", config.certificate())
                    .addKeyValue("reason", unusable.getMessage())
                    .log("the admin socket's new certificate cannot be used; the old one stays");
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        look();
        return pair.chain().getFirst().getPublicKey().getAlgorithm().equals(keyType) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return pair.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return pair.key();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
