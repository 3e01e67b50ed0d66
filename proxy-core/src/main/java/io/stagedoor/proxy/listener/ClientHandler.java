package io.stagedoor.proxy.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one handler of a client connection: gives each request to the receiver, one at a time, and
 * throws away what is left of a request that was answered early.
 *
 * <p>Confined to the channel's event loop. Reading is explicit: nothing is read from the client
 * unless the exchange, or this handler between exchanges, asks for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class ClientHandler extends ChannelInboundHandlerAdapter implements ClientConnection {

    /** How much of an unread request body is thrown away before the connection is closed. */
    static final int DISCARD_LIMIT = 1 << 20;

    /** How many requests and pieces of bodies may wait their turn; further ones end the connection. */
    static final int MOST_ARRIVED = 1024;

    /** How long throwing away may take. */
    static final Duration DISCARD_TIME = Duration.ofSeconds(5);

    private final RequestReceiver receiver;
    private final OpenConnections connections;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ClientExchange exchange;
    private @Nullable ScheduledFuture<?> discardDeadline;
    private final BodyPace body;
    private final Queue<Object> arrived = new ArrayDeque<>();
    private boolean wanted;
    private boolean delivering;
    private boolean requestEnded = true;
    private boolean closeAfterRequest;
    private boolean responding;
    private long discarded;

    /** When waiting for a request began, by {@link System#nanoTime}; read by the sweeper. */
    private volatile long waitingSince = System.nanoTime();

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

    ClientHandler(RequestReceiver receiver, OpenConnections connections, ClientLimits limits) {
        this.body = new BodyPace(limits);
        this.receiver = receiver;
        this.connections = connections;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (connections.add(this)) {
            read();
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (arrived.size() >= MOST_ARRIVED) {
            ReferenceCountUtil.release(message);
            connections.observer().refused("pipelined");
            abort();
            return;
        }
        arrived.add(message);
        deliver();
    }

    /** Hands on what has arrived, one piece for each time that one was asked for. */
    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (wanted && !arrived.isEmpty()) {
            wanted = false;
            take(arrived.remove());
        }
        delivering = false;
        if (wanted) {
            context().read();
        }
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
        requestEnded = content instanceof LastHttpContent;
        body.arrived(content.content().readableBytes());
        ClientExchange current = exchange;
        if (current != null) {
            current.onRequestContent(content);
            return;
        }
        discarded += content.content().readableBytes();
        content.release();
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
        boolean awaitsUpstream = exchange != null && requestEnded && !responding;
        if (event instanceof IdleStateEvent && !awaitsUpstream) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.remove(this);
        cancelDiscardDeadline();
        wanted = false;
        arrived.forEach(ReferenceCountUtil::release);
        arrived.clear();
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
        discarded = 0;
        betweenExchanges();
    }

    private void betweenExchanges() {
        if (!requestEnded) {
            discardMore();
            return;
        }
        cancelDiscardDeadline();
        if (closeAfterRequest || connections.isDraining()) {
            closeGently();
        } else {
            waitingSince = System.nanoTime();
            waiting = Waiting.FURTHER_REQUEST;
            read();
        }
    }

    private void discardMore() {
        if (discarded > DISCARD_LIMIT) {
            closeGently();
            return;
        }
        if (discardDeadline == null) {
            discardDeadline =
                    eventLoop()
                            .schedule(this::abort, DISCARD_TIME.toMillis(), TimeUnit.MILLISECONDS);
        }
        read();
    }

    private void cancelDiscardDeadline() {
        ScheduledFuture<?> deadline = discardDeadline;
        discardDeadline = null;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void closeGently() {
        context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes the connection if its next request is not there in time; for any thread. */
    void closeIfLate(long now, ListenerLimits limits) {
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
            eventLoop().execute(this::closeIfIdle);
        }
    }

    /** Closes the connection if it is between two requests; used when draining. */
    void closeIfIdle() {
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
        wanted = true;
        if (!requestEnded) {
            body.await();
        }
        deliver();
    }

    @Override
    public void write(HttpObject part) {
        responding = true;
        context().write(part, context().voidPromise());
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
