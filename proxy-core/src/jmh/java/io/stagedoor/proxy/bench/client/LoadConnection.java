package io.stagedoor.proxy.bench.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection, with at most one request under way. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class LoadConnection extends SimpleChannelInboundHandler<HttpObject> {

    /** Whoever wants to know what comes back. */
    interface Listener {
        /** Takes a right answer to the request that was due at the given time. */
        void answered(LoadConnection connection, long due);

        /** Takes the end of all hope. */
        void failed(String reason);
    }

    private final Scenario scenario;
    private final RequestBytes requests;
    private final Listener listener;
    private @Nullable ChannelHandlerContext context;
    private long due;
    private int status;
    private long length;
    private boolean busy;
    private boolean answeredOnce;

    LoadConnection(Scenario scenario, RequestBytes requests, Listener listener) {
        this.scenario = scenario;
        this.requests = requests;
        this.listener = listener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    void send(long dueAt) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        due = dueAt;
        busy = true;
        length = 0;
        ctx.writeAndFlush(requests.next(ctx.alloc()), ctx.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            listener.failed("an answer is malformed: " + part.decoderResult().cause());
            return;
        }
        if (part instanceof HttpResponse head) {
            status = head.status().code();
        }
        if (part instanceof HttpContent content) {
            length += content.content().readableBytes();
        }
        if (part instanceof LastHttpContent) {
            judge();
        }
    }

    private void judge() {
        Optional<String> fault = fault();
        busy = false;
        answeredOnce = true;
        if (fault.isPresent()) {
            listener.failed(fault.get());
        } else {
            listener.answered(this, due);
        }
    }

    private Optional<String> fault() {
        if (status != scenario.status()) {
            return Optional.of("expected status " + scenario.status() + ", not " + status);
        }
        return length == scenario.answerLength()
                ? Optional.empty()
                : Optional.of(
                        "expected a body of " + scenario.answerLength() + " bytes, not " + length);
    }

    /** Returns whether an answer is still to come. */
    boolean isBusy() {
        return busy;
    }

    boolean hasNoAnswer() {
        return !answeredOnce;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        listener.failed("the proxy closed a connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        listener.failed("a connection failed: " + cause);
    }
}
