package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/2 connection: its streams, its rest between them, and its end.
 *
 * <p>A drain follows RFC 9113 section 6.8: a GOAWAY that names no stream announces it, requests that
 * were on their way are still served, a second one names the last, and the connection closes when
 * its streams have ended. Confined to the channel's event loop but for {@link #closeIfLate}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class Http2ClientConnection extends ChannelInboundHandlerAdapter implements OpenConnection {

    /** How long a client may take to confirm that it knows of the drain. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(1);

    private static final int NO_STREAM_LIMIT = Integer.MAX_VALUE / 2;

    private final Http2FrameCodec codec;
    private final ListenerLimits limits;
    private final OpenConnections connections;
    private final Set<Http2ClientStream> streams = new HashSet<>();
    private @Nullable ChannelHandlerContext context;
    private Closing closing = Closing.NO;

    /** When the last stream ended, or the connection was accepted; read by the sweeper. */
    private volatile long restingSince;

    private volatile Duration restsAtMost;
    private volatile boolean resting = true;

    private enum Closing {
        NO,
        ANNOUNCED,
        LAST_STREAM_NAMED
    }

    /**
     * Makes the handler of a connection whose handshake is done.
     *
     * @param since when the connection was accepted, by {@link System#nanoTime}
     */
    Http2ClientConnection(
            Http2FrameCodec codec, ListenerLimits limits, OpenConnections connections, long since) {
        this.codec = codec;
        this.limits = limits;
        this.connections = connections;
        this.restingSince = since;
        this.restsAtMost = limits.requestTimeout();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Http2Exception {
        context = ctx;
        widenWindow(codec.connection());
        ctx.channel().config().setAutoRead(true);
    }

    /**
     * Gives the connection a window as large as those of all its streams together, so that a body
     * that nobody reads at present holds up no other.
     */
    private void widenWindow(Http2Connection connection) throws Http2Exception {
        int each = connection.local().flowController().initialWindowSize();
        long all = Math.min((long) each * limits.http2().maxStreams(), Integer.MAX_VALUE);
        connection
                .local()
                .flowController()
                .incrementWindowSize(connection.connectionStream(), (int) all - each);
        context().flush();
    }

    void opened(Http2ClientStream stream) {
        streams.add(stream);
        resting = false;
    }

    void closed(Http2ClientStream stream) {
        if (streams.remove(stream) && streams.isEmpty()) {
            restingSince = System.nanoTime();
            restsAtMost = limits.idleTimeout();
            resting = true;
        }
    }

    /** Ends a stream from this side. */
    void reset(Http2FrameStream stream, Http2Error error) {
        context().writeAndFlush(new DefaultHttp2ResetFrame(error).stream(stream));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2PingFrame ping && ping.ack() && closing == Closing.ANNOUNCED) {
            nameLastStream();
        }
        ReferenceCountUtil.release(message);
    }

    /** A client that says goodbye is answered what it asked before, and then let go. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.remove(this);
        List.copyOf(streams).forEach(Http2ClientStream::connectionClosed);
    }

    /** The codec itself answers faults of the protocol; what else fails ends the connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof Http2Exception)) {
            abort();
        }
    }

    @Override
    public void closeIfLate(long now, ListenerLimits limits) {
        if (!resting) {
            eventLoop().execute(() -> closeStalledStreams(now));
        } else if (now - restingSince > restsAtMost.toNanos()) {
            eventLoop().execute(this::closeIfResting);
        }
    }

    private void closeStalledStreams(long now) {
        long atMost = limits.idleTimeout().toNanos();
        List.copyOf(streams).stream()
                .filter(stream -> stream.isStalled(now, atMost))
                .forEach(Http2ClientStream::abort);
    }

    private void closeIfResting() {
        if (streams.isEmpty()) {
            context().close();
        }
    }

    @Override
    public void drain() {
        if (closing != Closing.NO) {
            return;
        }
        closing = Closing.ANNOUNCED;
        context()
                .write(
                        new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR)
                                .setExtraStreamIds(NO_STREAM_LIMIT));
        context().writeAndFlush(new DefaultHttp2PingFrame(System.nanoTime()));
        eventLoop().schedule(this::nameLastStream, CONFIRMATION.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closing waits, in the codec, until the streams have ended. */
    private void nameLastStream() {
        if (closing == Closing.ANNOUNCED && context().channel().isActive()) {
            closing = Closing.LAST_STREAM_NAMED;
            context().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            context().close();
        }
    }

    boolean isDraining() {
        return closing != Closing.NO || connections.isDraining();
    }

    @Override
    public EventLoop eventLoop() {
        return context().channel().eventLoop();
    }

    InetSocketAddress remoteAddress() {
        return ClientAddress.of(context().channel());
    }

    Optional<ClientCertificate> certificate() {
        return ClientCertificate.of(context().channel());
    }

    /** Closes without waiting for streams: from below the codec, which would wait. */
    @Override
    public void abort() {
        ChannelHandlerContext below = context().pipeline().context(codec);
        if (below == null) {
            context().channel().unsafe().closeForcibly();
        } else {
            below.close();
        }
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return ctx;
    }
}
