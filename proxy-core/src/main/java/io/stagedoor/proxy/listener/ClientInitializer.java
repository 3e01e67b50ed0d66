package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The pipeline of a client connection until its protocol is known; {@link ClientProtocols} lists the
 * rest.
 */
final class ClientInitializer extends ChannelInitializer<SocketChannel> {

    private final Optional<ListenerTls> tls;
    private final ListenerLimits limits;
    private final ClientProtocols protocols;
    private final OpenConnections connections;
    private final ConnectionGate gate;

    ClientInitializer(
            Optional<ListenerTls> tls,
            ListenerLimits limits,
            ClientProtocols protocols,
            OpenConnections connections,
            ConnectionGate gate) {
        this.tls = tls;
        this.limits = limits;
        this.protocols = protocols;
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
                .addLast("handshake", new Handshake(protocols, connections));
    }
}
