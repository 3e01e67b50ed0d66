package io.stagedoor.proxy.listener;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the listener shows, and how it picks one (SNI, RFC 6066).
 *
 * <p>They are one immutable value behind one reference: {@link #replace} takes effect for the next
 * connection and touches none that is open. Safe for any thread.
 */
public final class ListenerTls {

    private static final int MAX_CLIENT_HELLO = 16 * 1024;

    /** One context for each certificate, and the names that lead to it. */
    private record Shown(SslContext first, Map<String, SslContext> byName, boolean single) {

        SslContext contextFor(@Nullable String host) {
            if (host == null) {
                return first;
            }
            String name = host.toLowerCase(Locale.ROOT);
            SslContext exact = byName.get(name);
            return exact == null ? byName.getOrDefault(wildcardOf(name), first) : exact;
        }

        /** A wildcard stands for the leftmost label alone (RFC 9525, 6.3). */
        private static String wildcardOf(String name) {
            int dot = name.indexOf('.');
            return dot < 0 ? name : "*" + name.substring(dot);
        }
    }

    private final TlsContexts.Provider provider;
    private volatile Shown shown;

    /**
     * Makes it with the provider that is best here.
     *
     * @param certificates at least one; the first is shown to who asks for no known name
     * @throws IOException if one of them cannot be used
     */
    public ListenerTls(List<ServerCertificate> certificates, ClientAuthentication clients)
            throws IOException {
        this(certificates, clients, TlsContexts.Provider.best());
    }

    ListenerTls(
            List<ServerCertificate> certificates,
            ClientAuthentication clients,
            TlsContexts.Provider provider)
            throws IOException {
        this.provider = provider;
        this.shown = shown(certificates, clients);
    }

    /**
     * Shows these from now on to who connects.
     *
     * @throws IOException if one of them cannot be used; then all stays as it was
     */
    public void replace(List<ServerCertificate> certificates, ClientAuthentication clients)
            throws IOException {
        shown = shown(certificates, clients);
    }

    private Shown shown(List<ServerCertificate> certificates, ClientAuthentication clients)
            throws IOException {
        SslContext first = TlsContexts.forListener(certificates.getFirst(), clients, provider);
        Map<String, SslContext> byName = new HashMap<>();
        certificates.getFirst().names().forEach(name -> byName.put(name, first));
        for (ServerCertificate further : certificates.subList(1, certificates.size())) {
            SslContext context = TlsContexts.forListener(further, clients, provider);
            further.names().forEach(name -> byName.putIfAbsent(name, context));
        }
        return new Shown(first, Map.copyOf(byName), certificates.size() == 1);
    }

    /** Makes the handler that encrypts a new connection. */
    ChannelHandler newHandler(Channel channel, Duration handshakeTimeout) {
        Shown current = shown;
        return current.single()
                ? encryption(current.first(), channel.alloc(), handshakeTimeout)
                : new NameReader(current, handshakeTimeout);
    }

    private static SslHandler encryption(
            SslContext context, ByteBufAllocator buffers, Duration handshakeTimeout) {
        SslHandler ssl = context.newHandler(buffers);
        ssl.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return ssl;
    }

    /** Reads the name that the client asks for, then makes way for the encryption. */
    private static final class NameReader extends SniHandler {

        private final Duration handshakeTimeout;

        NameReader(Shown shown, Duration handshakeTimeout) {
            super(
                    (host, promise) -> promise.setSuccess(shown.contextFor(host)),
                    MAX_CLIENT_HELLO,
                    handshakeTimeout.toMillis());
            this.handshakeTimeout = handshakeTimeout;
        }

        @Override
        protected SslHandler newSslHandler(SslContext context, ByteBufAllocator buffers) {
            return encryption(context, buffers, handshakeTimeout);
        }
    }
}
