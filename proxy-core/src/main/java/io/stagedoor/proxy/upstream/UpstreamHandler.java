package io.stagedoor.proxy.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The one handler of an upstream connection: reports the response to the exchange that borrowed the
 * connection.
 *
 * <p>Confined to the channel's event loop. Anything that arrives while nobody has borrowed the
 * connection closes it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class UpstreamHandler extends ChannelInboundHandlerAdapter implements UpstreamConnection {

    private final IdleConnections home;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ResponseReceiver receiver;
    private boolean interim;
    private int exchanges;

    UpstreamHandler(IdleConnections home) {
        this.home = home;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Lends the connection to an exchange. */
    UpstreamConnection lendTo(ResponseReceiver borrower) {
        receiver = borrower;
        interim = false;
        exchanges++;
        context().read();
        return this;
    }

    boolean isActive() {
        return context().channel().isActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ResponseReceiver borrower = receiver;
        if (borrower == null || !(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            ctx.close();
            return;
        }
        if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(ctx, "the response is malformed: " + reason(part.decoderResult()));
            return;
        }
        report(ctx, borrower, part);
    }

    private void report(ChannelHandlerContext ctx, ResponseReceiver borrower, HttpObject part) {
        switch (part) {
            case HttpResponse head when isInterim(head) -> {
                interim = true;
                if (head.status().code() == 101) {
                    fail(ctx, "the upstream switched protocols unasked");
                }
            }
            case HttpResponse head -> {
                interim = false;
                borrower.onResponseHead(head);
            }
            case HttpContent content when interim -> content.release();
            case HttpContent content -> borrower.onResponseContent(content);
            default -> ReferenceCountUtil.release(part);
        }
    }

    private static boolean isInterim(HttpResponse head) {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private static String reason(DecoderResult result) {
        return result.cause().getClass().getSimpleName();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ResponseReceiver borrower = receiver;
        if (borrower != null) {
            borrower.onResponseReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ResponseReceiver borrower = receiver;
        if (borrower != null && ctx.channel().isWritable()) {
            borrower.onUpstreamWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        home.forget(this);
        fail(ctx, "the connection was closed before the response was complete");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, "the connection failed: " + cause.getClass().getSimpleName());
    }

    private void fail(ChannelHandlerContext ctx, String reason) {
        ResponseReceiver borrower = receiver;
        receiver = null;
        ctx.close();
        if (borrower != null) {
            borrower.onUpstreamFailed(reason);
        }
    }

    @Override
    public boolean isReused() {
        return exchanges > 1;
    }

    @Override
    public void write(HttpObject part) {
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
    public void read() {
        context().read();
    }

    @Override
    public void release(boolean reusable) {
        receiver = null;
        if (reusable && isActive()) {
            home.put(this);
        } else {
            context().close();
        }
    }

    @Override
    public void close() {
        receiver = null;
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
