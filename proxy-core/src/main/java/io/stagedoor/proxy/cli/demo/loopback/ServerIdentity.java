package io.stagedoor.proxy.cli.demo.loopback;

import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * A server's private key and certificate chain, as PEM text or as a ready server-side context.
 *
 * <p>Its text form never shows the key. Immutable and safe for use by several threads.
 */
public final class ServerIdentity {
    private final X509Bundle bundle;

    ServerIdentity(X509Bundle bundle) {
        this.bundle = bundle;
    }

    /** Gives the certificate and what lies between it and the authority, leaf first. */
    public String certificateChainPem() {
        return bundle.getCertificatePathPEM();
    }

    /** Gives the private key as PKCS#8 PEM; write it to files of their owner only. */
    public String privateKeyPem() {
        return bundle.getPrivateKeyPEM();
    }

    /** Gives a server-side context that presents this identity and asks clients for none. */
    public SSLContext serverContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this java runtime cannot make a TLS context", e);
        }
    }

    KeyManager[] keyManagers() throws GeneralSecurityException {
        return bundle.toKeyManagerFactory().getKeyManagers();
    }

    @Override
    public String toString() {
        return "ServerIdentity[" + bundle.getCertificate().getSubjectX500Principal() + "]";
    }
}
