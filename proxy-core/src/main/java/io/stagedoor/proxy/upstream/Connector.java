package io.stagedoor.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes connections to the endpoints of one service: TCP, and TLS in which the certificate must bear
 * the service's name, whichever endpoint it is shown by. Safe for any thread.
 */
final class Connector {

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final String host;
    private final Optional<SslContext> tls;
    private final Transport transport;
    private final UpstreamSettings settings;

    Connector(
            String host, Optional<SslContext> tls, Transport transport, UpstreamSettings settings) {
        this.host = host;
        this.tls = tls;
        this.transport = transport;
        this.settings = settings;
    }

    /** What becomes of an attempt to connect; one of the two is called once, on the event loop. */
    record Outcome(Consumer<UpstreamHandler> connected, Consumer<String> failed) {}

    void connect(
            EventLoop loop, Endpoint endpoint, LoopPool pool, Lending lending, Outcome outcome) {
        UpstreamCodec codec = new UpstreamCodec(settings.maxHeaderSize());
        UpstreamHandler handler = new UpstreamHandler(pool, lending, endpoint, codec);
        ChannelFuture connected =
                new Bootstrap()
                        .group(loop)
                        .channel(transport.channelType())
                        .resolver(transport.resolver())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(settings.deadlines().connect().toMillis()))
                        .handler(new Pipeline(endpoint, codec, handler))
                        .connect(endpoint.socket());
        connected.addListener(
                done -> {
                    if (done.isSuccess()) {
                        awaitHandshake(connected.channel(), handler, outcome);
                    } else {
                        outcome.failed().accept(Faults.describe("connecting", done.cause()));
                    }
                });
    }

    private static void awaitHandshake(Channel channel, UpstreamHandler handler, Outcome outcome) {
        SslHandler ssl = channel.pipeline().get(SslHandler.class);
        if (ssl == null) {
            outcome.connected().accept(handler);
            return;
        }
        ssl.handshakeFuture()
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                outcome.connected().accept(handler);
                            } else {
                                var _ = channel.close();
                                outcome.failed()
                                        .accept(Faults.describe("the TLS handshake", done.cause()));
                            }
                        });
    }

    /** The pipeline of an upstream connection, in one visible list. */
    private final class Pipeline extends ChannelInitializer<Channel> {

        private final Endpoint endpoint;
        private final UpstreamCodec codec;
        private final UpstreamHandler handler;

        Pipeline(Endpoint endpoint, UpstreamCodec codec, UpstreamHandler handler) {
            this.endpoint = endpoint;
            this.codec = codec;
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (endpoint.address().encrypted()) {
                channel.pipeline().addLast("tls", encryption(channel));
            }
            channel.pipeline().addLast("http", codec).addLast("upstream", handler);
        }

        private SslHandler encryption(Channel channel) {
            int port = endpoint.address().port();
            SslHandler ssl = tls.orElseThrow().newHandler(channel.alloc(), host, port);
            ssl.setHandshakeTimeoutMillis(settings.deadlines().connect().toMillis());
            return ssl;
        }
    }
}
