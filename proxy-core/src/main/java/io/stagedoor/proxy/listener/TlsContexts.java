package io.stagedoor.proxy.listener;

import static io.netty.handler.ssl.ApplicationProtocolNames.HTTP_1_1;
import static io.netty.handler.ssl.ApplicationProtocolNames.HTTP_2;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

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

    /** Who does the cryptography. */
    enum Provider {
        /** BoringSSL, by netty-tcnative. */
        BORINGSSL(SslProvider.OPENSSL),
        /** The Java runtime. */
        JDK(SslProvider.JDK);

        private final SslProvider inNetty;

        Provider(SslProvider inNetty) {
            this.inNetty = inNetty;
        }

        /** Returns the faster one of those that this machine has. */
        static Provider best() {
            return OpenSsl.isAvailable() ? BORINGSSL : JDK;
        }
    }

    /**
     * Makes the context of the listener for one certificate: everything that is negotiated with
     * clients is set here. Sessions are not resumed, so that each connection proves its certificate
     * anew.
     *
     * @throws IOException if the certificate cannot be used
     */
    static SslContext forListener(
            ServerCertificate certificate, ClientAuthentication clients, Provider provider)
            throws IOException {
        X509Certificate[] chain = certificate.chain().toArray(X509Certificate[]::new);
        try {
            SslContextBuilder builder =
                    strict(SslContextBuilder.forServer(certificate.key(), chain), provider)
                            .applicationProtocolConfig(offered());
            SslContext context = asking(builder, clients).build();
            forgetSessions(context);
            return context;
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use the certificate for " + certificate.names(), e);
        }
    }

    private static SslContextBuilder asking(
            SslContextBuilder builder, ClientAuthentication clients) {
        return switch (clients) {
            case ClientAuthentication.None() -> builder.clientAuth(ClientAuth.NONE);
            case ClientAuthentication.Asked(List<X509Certificate> authorities, boolean required) ->
                    builder.clientAuth(required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                            .trustManager(authorities);
        };
    }

    /** The JDK cannot be kept from resuming, but from doing so for longer than a second. */
    private static void forgetSessions(SslContext context) {
        if (context instanceof OpenSslContext boring) {
            boring.sessionContext().setSessionCacheEnabled(false);
        } else {
            context.sessionContext().setSessionTimeout(1);
            context.sessionContext().setSessionCacheSize(1);
        }
    }

    /** BoringSSL's tickets are turned off for each connection: Netty's contexts have no such setting. */
    static void withoutTickets(SSLEngine engine) {
        if (engine instanceof ReferenceCountedOpenSslEngine boring) {
            SSL.setOptions(boring.sslPointer(), SSL.SSL_OP_NO_TICKET);
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
        SslContextBuilder builder = strict(SslContextBuilder.forClient(), Provider.best());
        builder.endpointIdentificationAlgorithm("HTTPS");
        try {
            trust.ifPresent(path -> builder.trustManager(path.toFile()));
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot read certificates from `" + trust.orElseThrow() + "`", e);
        }
    }

    /** Offers HTTP/2 beside HTTP/1.1 (RFC 7301). */
    private static ApplicationProtocolConfig offered() {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                HTTP_2,
                HTTP_1_1);
    }

    private static SslContextBuilder strict(SslContextBuilder builder, Provider provider) {
        return builder.sslProvider(provider.inNetty).protocols(PROTOCOLS).ciphers(CIPHERS);
    }
}
