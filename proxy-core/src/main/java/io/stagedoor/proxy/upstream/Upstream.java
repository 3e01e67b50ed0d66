package io.stagedoor.proxy.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.stagedoor.proxy.http.FieldHeaders;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One service behind the proxy and the connections to it.
 *
 * <p>A connection is made and used on the event loop of the exchange that asks for it, so both
 * sides of an exchange share a thread and nothing is locked. Since a client connection carries one
 * exchange at a time, there are never more busy upstream connections than client connections.
 */
public final class Upstream {

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final String host;
    private final int port;
    private final Optional<SslContext> tls;
    private final Transport transport;
    private final UpstreamSettings settings;
    private final Map<EventLoop, IdleConnections> idle = new ConcurrentHashMap<>();

    /**
     * Names a service; no connection is made yet.
     *
     * @param host the host name, which the service's certificate must bear
     * @param port the TCP port
     * @param tls encrypts the connections; nothing where a sidecar on this machine does it
     */
    public Upstream(
            String host,
            int port,
            Optional<SslContext> tls,
            Transport transport,
            UpstreamSettings settings) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.transport = transport;
        this.settings = settings;
    }

    /** Returns the value of the Host field for requests to this service (RFC 9110, 7.2). */
    public String authority() {
        return port == (tls.isPresent() ? 443 : 80) ? host : host + ":" + port;
    }

    /**
     * Lends a connection, an idle one if there is one, on the given event loop; call it there.
     *
     * @param receiver gets the response
     * @param fresh whether only a new connection will do, as for a second attempt
     * @param opened called with the connection when it is ready
     * @param failed called with the reason if none can be made: nothing was sent then
     */
    public void borrow(
            EventLoop loop,
            ResponseReceiver receiver,
            boolean fresh,
            Consumer<UpstreamConnection> opened,
            Consumer<String> failed) {
        IdleConnections pool = poolOf(loop);
        Optional<UpstreamHandler> kept = fresh ? Optional.empty() : pool.take();
        if (kept.isPresent()) {
            opened.accept(kept.get().lendTo(receiver));
        } else {
            connect(loop, pool, new Borrower(receiver, opened, failed));
        }
    }

    private IdleConnections poolOf(EventLoop loop) {
        return idle.computeIfAbsent(
                loop, _ -> new IdleConnections(settings.maxIdlePerLoop(), settings.idleTimeout()));
    }

    private record Borrower(
            ResponseReceiver receiver,
            Consumer<UpstreamConnection> opened,
            Consumer<String> failed) {}

    private void connect(EventLoop loop, IdleConnections pool, Borrower borrower) {
        UpstreamHandler handler = new UpstreamHandler(pool);
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
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        .handler(new Pipeline(handler))
                        .connect(InetSocketAddress.createUnresolved(host, port));
        connected.addListener(
                done -> {
                    if (done.isSuccess()) {
                        awaitHandshake(connected.channel(), handler, borrower);
                    } else {
                        borrower.failed().accept(describe("connecting", done));
                    }
                });
    }

    private static void awaitHandshake(
            Channel channel, UpstreamHandler handler, Borrower borrower) {
        SslHandler ssl = channel.pipeline().get(SslHandler.class);
        if (ssl == null) {
            borrower.opened().accept(handler.lendTo(borrower.receiver()));
            return;
        }
        ssl.handshakeFuture()
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                borrower.opened().accept(handler.lendTo(borrower.receiver()));
                            } else {
                                var _ = channel.close();
                                borrower.failed().accept(describe("the TLS handshake", done));
                            }
                        });
    }

    private static String describe(String step, Future<?> done) {
        return step + " failed: " + done.cause().getClass().getSimpleName();
    }

    /** Closes all idle connections; busy ones close when they are given back. */
    public void closeIdle() {
        idle.forEach((loop, pool) -> loop.execute(pool::closeAll));
    }

    private final class Pipeline extends ChannelInitializer<Channel> {

        private final UpstreamHandler handler;

        Pipeline(UpstreamHandler handler) {
            this.handler = handler;
        }

        @Override
        protected void initChannel(Channel channel) {
            tls.ifPresent(context -> channel.pipeline().addLast(encryption(context, channel)));
            HttpDecoderConfig decoder =
                    new HttpDecoderConfig()
                            .setMaxHeaderSize(settings.maxHeaderSize())
                            .setAllowDuplicateContentLengths(false)
                            .setHeadersFactory(FieldHeaders.FACTORY);
            channel.pipeline()
                    .addLast("http", new HttpClientCodec(decoder, false, false))
                    .addLast("upstream", handler);
        }

        private SslHandler encryption(SslContext context, Channel channel) {
            SslHandler ssl = context.newHandler(channel.alloc(), host, port);
            ssl.setHandshakeTimeoutMillis(settings.connectTimeout().toMillis());
            return ssl;
        }
    }
}
