package io.stagedoor.proxy.bench.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Consumer;

/**
 * Where the bare forwarder goes: each client connection keeps one connection to it.
 *
 * @param authorization what the upstream wants to see
 */
record BareUpstream(
        int port, Class<? extends Channel> channelType, SslContext tls, String authorization) {

    private static final String HOST = "localhost";

    /** Returns the value of the Host field. */
    String authority() {
        return HOST + ":" + port;
    }

    /**
     * Connects on the event loop of the client's connection, which is closed if that fails.
     *
     * @param connected called with the connection when its TLS handshake is done
     */
    void connectFor(Channel client, Consumer<Channel> connected) {
        var opening =
                new Bootstrap()
                        .group(client.eventLoop())
                        .channel(channelType)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(new Pipeline(client))
                        .connect(HOST, port);
        opening.addListener(
                done -> {
                    if (done.isSuccess()) {
                        awaitHandshake(opening.channel(), client, connected);
                    } else {
                        var _ = client.close();
                    }
                });
    }

    private static void awaitHandshake(
            Channel upstream, Channel client, Consumer<Channel> connected) {
        upstream.pipeline()
                .get(SslHandler.class)
                .handshakeFuture()
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                connected.accept(upstream);
                            } else {
                                var _ = client.close();
                            }
                        });
    }

    private final class Pipeline extends ChannelInitializer<Channel> {

        private final Channel client;

        Pipeline(Channel client) {
            this.client = client;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(tls.newHandler(channel.alloc(), HOST, port))
                    .addLast(new HttpClientCodec(new HttpDecoderConfig(), false, false))
                    .addLast(new BareUpstreamHandler(client));
        }
    }
}
