package io.stagedoor.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.stagedoor.proxy.upstream.ConnectionFailure.Kind;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one handler of an upstream connection: reports the response to the exchange that borrowed the
 * connection.
 *
 * <p>Confined to the channel's event loop. Anything that arrives while nobody has borrowed the
 * connection closes it; so does anything that follows the end of a response, for which reason a
 * connection is kept only when all that was read has been looked at.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class UpstreamHandler extends ChannelInboundHandlerAdapter implements UpstreamConnection {

    /** So many interim responses are taken for one request; more are a way to keep it for ever. */
    private static final int MOST_INTERIM = 32;

    /** How long what was written into a tunnel may take to go out once it is closed. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final LoopPool pool;
    private final Lending lending;
    private final Endpoint endpoint;
    private final UpstreamCodec codec;
    private final Waiting waiting = new Waiting();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ResponseReceiver receiver;
    private int exchanges;
    private int heads;
    private int interim;
    private boolean inInterim;
    private boolean requestBegun;
    private boolean requestSent;
    private boolean answered;
    private boolean asksForUpgrade;
    private boolean tunnels;
    private boolean progressed;
    private boolean reading;
    private boolean returning;
    private long idleSince;
    private int place;

    UpstreamHandler(LoopPool pool, Lending lending, Endpoint endpoint, UpstreamCodec codec) {
        this.pool = pool;
        this.lending = lending;
        this.endpoint = endpoint;
        this.codec = codec;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Lends the connection to an exchange, for which a slot was taken. */
    UpstreamConnection lendTo(ResponseReceiver borrower, long endsAt) {
        receiver = borrower;
        interim = 0;
        inInterim = false;
        requestBegun = false;
        requestSent = false;
        answered = false;
        asksForUpgrade = false;
        exchanges++;
        waiting.begin(endsAt);
        pool.lend(this);
        context().read();
        return this;
    }

    boolean isActive() {
        return context().channel().isActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        progressed = true;
        ResponseReceiver borrower = receiver;
        if (tunnels) {
            onOctets(borrower, message);
            return;
        }
        if (borrower == null || !requestBegun || !(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            returning = false;
            fail(ctx, Kind.MALFORMED, "something came that no request asked for");
            return;
        }
        if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(ctx, Kind.MALFORMED, "the response is malformed: " + Faults.of(part));
            return;
        }
        report(ctx, borrower, part);
    }

    /** The end of the message that switched protocols comes after the octets that followed it. */
    private static void onOctets(@Nullable ResponseReceiver borrower, Object message) {
        if (borrower != null && message instanceof ByteBuf octets) {
            borrower.onResponseContent(new DefaultHttpContent(octets));
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void report(ChannelHandlerContext ctx, ResponseReceiver borrower, HttpObject part) {
        switch (part) {
            case HttpResponse head -> onHead(ctx, borrower, head);
            case HttpContent content when inInterim -> content.release();
            case HttpContent content -> borrower.onResponseContent(content);
            default -> ReferenceCountUtil.release(part);
        }
    }

    private void onHead(ChannelHandlerContext ctx, ResponseReceiver borrower, HttpResponse head) {
        heads++;
        Optional<String> fault = ResponseGate.fault(head);
        boolean switches = asksForUpgrade && head.status().code() == 101;
        inInterim = !switches && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (fault.isPresent()) {
            fail(ctx, Kind.MALFORMED, "the response is malformed: " + fault.get());
        } else if (!inInterim) {
            answered = true;
            waiting.answered(isEventStream(head));
            lending.answered(endpoint, head.status().code());
            borrower.onResponseHead(head);
        } else if (head.status().code() == 101) {
            fail(ctx, Kind.MALFORMED, "the upstream switched protocols unasked");
        } else if (++interim > MOST_INTERIM) {
            fail(ctx, Kind.MALFORMED, "too many interim responses");
        }
    }

    private static boolean isEventStream(HttpResponse head) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return type != null && type.startsWith("text/event-stream");
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        settle();
        ResponseReceiver borrower = receiver;
        if (progressed && answered) {
            waiting.progressed();
        }
        progressed = false;
        if (borrower != null) {
            borrower.onResponseReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ResponseReceiver borrower = receiver;
        if (borrower != null && ctx.channel().isWritable()) {
            waiting.taken();
            borrower.onUpstreamWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pool.forget(this);
        fail(ctx, Kind.LOST, "the connection was closed before the response was complete");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, Kind.LOST, Faults.describe("the connection", cause));
    }

    /** Closes the connection if its exchange takes too long; called by the sweep. */
    void closeIfOverdue(long now, UpstreamSettings.Deadlines deadlines) {
        waiting.overdue(now, deadlines).ifPresent(reason -> fail(context(), Kind.OVERDUE, reason));
    }

    private void fail(ChannelHandlerContext ctx, Kind kind, String reason) {
        ResponseReceiver borrower = receiver;
        if (borrower != null && !tunnels) {
            judge(kind);
        }
        endLoan();
        ctx.close();
        if (borrower != null) {
            borrower.onUpstreamFailed(new ConnectionFailure(kind, reason));
        }
    }

    /** A kept connection that turns out to be closed says nothing of the endpoint. */
    private void judge(Kind kind) {
        if (answered || kind == Kind.OVERDUE) {
            lending.brokenOff(endpoint);
        } else if (!isReused() || kind == Kind.MALFORMED) {
            lending.unanswered(endpoint);
        }
    }

    private void endLoan() {
        if (receiver != null) {
            receiver = null;
            pool.unlend(this);
            lending.end(endpoint);
        }
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public boolean isReused() {
        return exchanges > 1;
    }

    @Override
    public void write(HttpObject part) {
        requestBegun = true;
        if (part instanceof HttpRequest head) {
            codec.expectAnswerTo(head.method());
            asksForUpgrade = head.headers().contains(HttpHeaderNames.UPGRADE);
        }
        if (part instanceof LastHttpContent) {
            requestSent = true;
            waiting.forAnswer();
        }
        Object written = tunnels && part instanceof HttpContent octets ? octets.content() : part;
        context().write(written, context().voidPromise());
    }

    @Override
    public void flush() {
        context().flush();
        if (!requestSent && !isWritable()) {
            waiting.forRoom();
        }
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public void read() {
        if (answered && !tunnels) {
            waiting.forMore();
        }
        context().read();
    }

    @Override
    public void release(boolean reusable) {
        endLoan();
        returning = reusable && isActive();
        if (!returning) {
            context().close();
        } else if (!reading) {
            settle();
        }
    }

    /** Keeps the connection, now that all that was read has been looked at. */
    private void settle() {
        if (!returning) {
            return;
        }
        returning = false;
        if (codec.hasLeftOver(heads) || !isActive()) {
            context().close();
        } else {
            idleSince = System.nanoTime();
            pool.put(this);
            context().read();
        }
    }

    @Override
    public void becomeTunnel() {
        tunnels = true;
        waiting.answered(true);
        context().pipeline().remove(codec);
    }

    @Override
    public void close() {
        endLoan();
        if (tunnels) {
            closeGently(context());
        } else {
            context().close();
        }
    }

    private static void closeGently(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        ctx.executor().schedule(() -> ctx.close(), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the connection, which nobody has borrowed. */
    void discard() {
        context().close();
    }

    long idleSince() {
        return idleSince;
    }

    /** Returns its place among those that are lent; the pool's business. */
    int place() {
        return place;
    }

    void placeAt(int index) {
        place = index;
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return ctx;
    }
}
