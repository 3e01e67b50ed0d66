package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.timeout.IdleStateHandler;
import io.stagedoor.proxy.http.FieldHeaders;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The pipeline of a client connection, in one visible list. */
final class ClientInitializer extends ChannelInitializer<SocketChannel> {

    private final Optional<ListenerTls> tls;
    private final ListenerLimits limits;
    private final RequestReceiver receiver;
    private final OpenConnections connections;
    private final ConnectionGate gate;

    ClientInitializer(
            Optional<ListenerTls> tls,
            ListenerLimits limits,
            RequestReceiver receiver,
            OpenConnections connections,
            ConnectionGate gate) {
        this.tls = tls;
        this.limits = limits;
        this.receiver = receiver;
        this.connections = connections;
        this.gate = gate;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (gate.speaksForOthers(channel)) {
            channel.pipeline().addLast("proxy", new ProxyProtocol(gate, connections.observer()));
        }
        tls.ifPresent(
                shown ->
                        channel.pipeline()
                                .addLast(
                                        "tls",
                                        shown.newHandler(channel, limits.handshakeTimeout())));
        long idle = limits.idleTimeout().toMillis();
        channel.pipeline()
                .addLast("idle", new IdleStateHandler(0, 0, idle, TimeUnit.MILLISECONDS))
                .addLast("http", new RequestCodec(decoderConfig()))
                .addLast("client", new ClientHandler(receiver, connections, limits.clients()));
    }

    private HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxRequestLine())
                .setMaxHeaderSize(limits.maxHeaderSize())
                .setMaxChunkSize(limits.maxChunk())
                .setAllowDuplicateContentLengths(false)
                .setHeadersFactory(FieldHeaders.FACTORY);
    }
}
