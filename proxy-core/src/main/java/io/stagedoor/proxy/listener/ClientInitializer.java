package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The pipeline of a client connection, in one visible list. */
final class ClientInitializer extends ChannelInitializer<SocketChannel> {

    private final Optional<SslContext> tls;
    private final ListenerLimits limits;
    private final RequestReceiver receiver;
    private final OpenConnections connections;

    ClientInitializer(
            Optional<SslContext> tls,
            ListenerLimits limits,
            RequestReceiver receiver,
            OpenConnections connections) {
        this.tls = tls;
        this.limits = limits;
        this.receiver = receiver;
        this.connections = connections;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        tls.ifPresent(context -> channel.pipeline().addLast("tls", encryption(context, channel)));
        long idle = limits.idleTimeout().toMillis();
        channel.pipeline()
                .addLast("idle", new IdleStateHandler(0, 0, idle, TimeUnit.MILLISECONDS))
                .addLast("http", new HttpServerCodec(decoderConfig()))
                .addLast("client", new ClientHandler(receiver, connections));
    }

    private SslHandler encryption(SslContext context, SocketChannel channel) {
        SslHandler ssl = context.newHandler(channel.alloc());
        ssl.setHandshakeTimeoutMillis(limits.handshakeTimeout().toMillis());
        return ssl;
    }

    private HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxRequestLine())
                .setMaxHeaderSize(limits.maxHeaderSize())
                .setMaxChunkSize(limits.maxChunk())
                .setAllowDuplicateContentLengths(false)
                .setValidateHeaders(true);
    }
}
