package io.stagedoor.proxy.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1.1 connection: gives each request to the receiver, one at a time, and throws away
 * what is left of a request that was answered early.
 *
 * <p>Confined to the channel's event loop. Reading is explicit: nothing is read from the client
 * unless the exchange, or this handler between exchanges, asks for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class Http1Connection extends ChannelInboundHandlerAdapter
        implements ClientConnection, OpenConnection {

    /** How much of an unread request is thrown away to save the connection, and for how long. */
    private static final int DISCARD_LIMIT = 1 << 20;

    private static final Duration DISCARD_TIME = Duration.ofSeconds(5);

    /** How many requests and pieces of bodies may wait their turn; further ones end the connection. */
    static final int MOST_ARRIVED = 1024;

    private final RequestReceiver receiver;
    private final OpenConnections connections;
    private final ExchangeFeed feed = new ExchangeFeed(this::take, () -> context().read());
    private final UnreadBody unread = new UnreadBody(DISCARD_LIMIT, DISCARD_TIME, this::abort);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ClientExchange exchange;
    private final BodyPace body;
    private boolean requestEnded = true;
    private boolean closeAfterRequest;
    private boolean responding;
    private @Nullable Runnable tunnelIdle;

    /** When waiting for a request began, by {@link System#nanoTime}; read by the sweeper. */
    private volatile long waitingSince;

    private volatile Waiting waiting = Waiting.FIRST_REQUEST;

    /** What the connection waits for, if anything. */
    enum Waiting {
        /** The head of its first request, TLS handshake included. */
        FIRST_REQUEST,
        /** The head of a further request. */
        FURTHER_REQUEST,
        /** Nothing: an exchange is under way. */
        NOTHING
    }

    /**
     * Makes the handler of a connection whose handshake is done.
     *
     * @param since when the connection was accepted, by {@link System#nanoTime}
     */
    Http1Connection(
            RequestReceiver receiver,
            OpenConnections connections,
            ClientLimits limits,
            long since) {
        this.body = new BodyPace(limits);
        this.receiver = receiver;
        this.connections = connections;
        this.waitingSince = since;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (feed.waiting() >= MOST_ARRIVED) {
            ReferenceCountUtil.release(message);
            connections.observer().refused("pipelined");
            abort();
            return;
        }
        feed.arrive(message);
    }

    private void take(Object message) {
        switch (message) {
            case HttpRequest head -> {
                waiting = Waiting.NOTHING;
                responding = false;
                body.begin();
                requestEnded = message instanceof LastHttpContent;
                ClientExchange opened = receiver.open(this, head);
                exchange = opened;
                opened.begin();
            }
            case HttpContent content -> onContent(content);
            case ByteBuf octets when tunnelIdle != null ->
                    onContent(new DefaultHttpContent(octets));
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void onContent(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            // INVARIANT: a body whose framing broke never ends like a whole one
            content.release();
            abort();
            return;
        }
        requestEnded = tunnelIdle != null || content instanceof LastHttpContent;
        body.arrived(content.content().readableBytes());
        ClientExchange current = exchange;
        if (current != null) {
            current.onRequestContent(content);
            return;
        }
        unread.discard(content);
        betweenExchanges();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ClientExchange current = exchange;
        if (current != null && ctx.channel().isWritable()) {
            current.onClientWritable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            if (tunnelIdle != null) {
                closeGently();
            }
            drain();
        }
        Runnable idle = tunnelIdle;
        if (event instanceof IdleStateEvent && idle != null && exchange != null) {
            idle.run();
            return;
        }
        boolean awaitsUpstream = exchange != null && requestEnded && !responding;
        if (event instanceof IdleStateEvent && !awaitsUpstream) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.remove(this);
        unread.end();
        if (tunnelIdle != null && exchange != null) {
            feed.handOnAll();
        }
        feed.close();
        ClientExchange current = exchange;
        exchange = null;
        if (current != null) {
            current.onClientGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void complete(boolean reusable) {
        exchange = null;
        closeAfterRequest = !reusable;
        unread.begin();
        betweenExchanges();
    }

    private void betweenExchanges() {
        if (!requestEnded) {
            discardMore();
            return;
        }
        unread.end();
        if (closeAfterRequest || connections.isDraining()) {
            closeGently();
        } else {
            waitingSince = System.nanoTime();
            waiting = Waiting.FURTHER_REQUEST;
            read();
        }
    }

    private void discardMore() {
        if (unread.isTooLong()) {
            closeGently();
        } else {
            unread.awaitMore(eventLoop());
            read();
        }
    }

    private void closeGently() {
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void closeIfLate(long now, ListenerLimits limits) {
        Duration atMost =
                switch (waiting) {
                    case FIRST_REQUEST -> limits.requestTimeout();
                    case FURTHER_REQUEST -> limits.idleTimeout();
                    case NOTHING -> Duration.ofNanos(Long.MAX_VALUE);
                };
        if (body.isLate(now)) {
            connections.observer().refused("body_timeout");
            eventLoop().execute(this::abort);
            return;
        }
        if (now - waitingSince > atMost.toNanos()) {
            if (waiting == Waiting.FIRST_REQUEST) {
                connections.observer().refused("request_timeout");
            }
            eventLoop().execute(this::drain);
        }
    }

    /** Closes the connection if it is between two requests; else the last answer closes it. */
    @Override
    public void drain() {
        if (exchange == null && requestEnded) {
            closeGently();
        }
    }

    @Override
    public EventLoop eventLoop() {
        return context().channel().eventLoop();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return ClientAddress.of(context().channel());
    }

    @Override
    public Optional<ClientCertificate> certificate() {
        return ClientCertificate.of(context().channel());
    }

    @Override
    public void read() {
        if (!requestEnded) {
            body.await();
        }
        feed.want();
    }

    @Override
    public void write(HttpObject part) {
        responding = true;
        Object written =
                tunnelIdle != null && part instanceof HttpContent octets ? octets.content() : part;
        context().write(written, context().voidPromise());
    }

    /** Half a tunnel is of no use: the end of either direction ends the whole. */
    @Override
    public void becomeTunnel(Runnable idle) {
        tunnelIdle = idle;
        context().pipeline().remove(RequestCodec.class);
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public boolean isDraining() {
        return connections.isDraining();
    }

    @Override
    public void abort() {
        context().close();
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return ctx;
    }
}
