package io.stagedoor.proxy.bench.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.util.function.Consumer;

/**
 * Where the bare forwarder goes: each client connection keeps one connection to it.
 *
 * @param authorization what the upstream wants to see
 */
record BareUpstream(int port, Class<? extends Channel> channelType, String authorization) {

    private static final String HOST = "127.0.0.1";

    /** Returns the value of the Host field. */
    String authority() {
        return HOST + ":" + port;
    }

    /**
     * Connects on the event loop of the client's connection, which is closed if that fails.
     *
     * @param connected called with the connection when it is open
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
                        connected.accept(opening.channel());
                    } else {
                        var _ = client.close();
                    }
                });
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {

        private final Channel client;

        Pipeline(Channel client) {
            this.client = client;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new HttpClientCodec(new HttpDecoderConfig(), false, false))
                    .addLast(new BareUpstreamHandler(client));
        }
    }
}
