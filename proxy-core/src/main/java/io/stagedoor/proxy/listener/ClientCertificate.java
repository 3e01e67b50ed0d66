package io.stagedoor.proxy.listener;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The certificate that a client showed in the TLS handshake, which verified it.
 *
 * @param thumbprint SHA-256 of the certificate's DER, base64url without padding: the value of {@code
 *     x5t#S256} (RFC 8705, 3.1)
 * @param subject its subject (RFC 2253)
 */
public record ClientCertificate(String thumbprint, String subject) {

    private static final AttributeKey<Optional<ClientCertificate>> SHOWN =
            AttributeKey.valueOf(ClientCertificate.class, "shown");

    /**
     * Returns what the client of a connection showed, if it was asked and did. For after the
     * handshake: looked at once, since no connection changes its certificate later.
     */
    static Optional<ClientCertificate> of(Channel channel) {
        Attribute<Optional<ClientCertificate>> known = channel.attr(SHOWN);
        Optional<ClientCertificate> shown = known.get();
        if (shown == null) {
            shown = in(channel);
            known.set(shown);
        }
        return shown;
    }

    private static Optional<ClientCertificate> in(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return Optional.empty();
        }
        SSLEngine engine = tls.engine();
        return engine.getNeedClientAuth() || engine.getWantClientAuth()
                ? shown(engine)
                : Optional.empty();
    }

    private static Optional<ClientCertificate> shown(SSLEngine engine) {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf
                    ? Optional.of(from(leaf))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    private static ClientCertificate from(X509Certificate leaf) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return new ClientCertificate(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
                    leaf.getSubjectX500Principal().getName());
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a verified certificate has no digest", e);
        }
    }
}
