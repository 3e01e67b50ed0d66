package io.stagedoor.proxy.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection, with at most one request under way. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class LoadConnection extends SimpleChannelInboundHandler<ByteBuf> {

    /** Whoever wants to know what comes back. */
    interface Listener {
        /** Takes a right answer to the request that was due at the given time. */
        void answered(LoadConnection connection, long due);

        /** Takes the end of all hope. */
        void failed(String reason);
    }

    private final Call call;
    private final RequestBytes requests;
    private final AnswerBytes answer = new AnswerBytes();
    private final Listener listener;
    private @Nullable ChannelHandlerContext context;
    private long due;
    private boolean busy;
    private boolean answeredOnce;

    LoadConnection(Call call, RequestBytes requests, Listener listener) {
        this.call = call;
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
        answer.clear();
        ctx.writeAndFlush(requests.next(ctx.alloc()), ctx.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (answer.take(bytes)) {
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
        if (answer.fault().isPresent()) {
            return answer.fault();
        }
        if (answer.status() != call.status()) {
            return Optional.of("expected status " + call.status() + ", not " + answer.status());
        }
        return answer.length() == call.answerLength()
                ? Optional.empty()
                : Optional.of(
                        "expected a body of "
                                + call.answerLength()
                                + " bytes, not "
                                + answer.length());
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
