package io.stagedoor.proxy.listener;

import static io.netty.handler.ssl.ApplicationProtocolNames.HTTP_1_1;
import static io.netty.handler.ssl.ApplicationProtocolNames.HTTP_2;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Makes the TLS contexts of both sides: BoringSSL where it is available, the JDK's otherwise; TLS
 * 1.3 and the AEAD suites of TLS 1.2 only (RFC 9325).
 */
public final class TlsContexts {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsContexts() {}

    /**
     * Makes the context of a listener that speaks HTTP/1.1 alone.
     *
     * @see #forListener(Path, Path, boolean)
     */
    public static SslContext forListener(Path certificate, Path privateKey) throws IOException {
        return forListener(certificate, privateKey, false);
    }

    /**
     * Makes the context of the listener from a certificate chain and its private key.
     *
     * @param certificate a PEM file with the certificate chain, leaf first
     * @param privateKey a PEM file with the PKCS #8 private key
     * @param http2 whether HTTP/2 is offered beside HTTP/1.1 (RFC 7301)
     * @throws IOException if a file cannot be read or does not hold what it should
     */
    public static SslContext forListener(Path certificate, Path privateKey, boolean http2)
            throws IOException {
        try {
            return strict(SslContextBuilder.forServer(certificate.toFile(), privateKey.toFile()))
                    .applicationProtocolConfig(offered(http2))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "cannot use certificate `" + certificate + "` with key `" + privateKey + "`",
                    e);
        }
    }

    /**
     * Makes the context for connections to an upstream. The upstream's certificate must name the
     * host.
     *
     * @param trust a PEM file with the certificates to trust, or empty for those of the JVM
     * @throws IOException if the file cannot be read or holds no certificate
     */
    public static SslContext forUpstream(Optional<Path> trust) throws IOException {
        SslContextBuilder builder = strict(SslContextBuilder.forClient());
        builder.endpointIdentificationAlgorithm("HTTPS");
        try {
            trust.ifPresent(path -> builder.trustManager(path.toFile()));
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot read certificates from `" + trust.orElseThrow() + "`", e);
        }
    }

    private static ApplicationProtocolConfig offered(boolean http2) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                http2 ? List.of(HTTP_2, HTTP_1_1) : List.of(HTTP_1_1));
    }

    private static SslContextBuilder strict(SslContextBuilder builder) throws SSLException {
        SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
        return builder.sslProvider(provider).protocols(PROTOCOLS).ciphers(CIPHERS);
    }
}
