package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets a client hear why its connection ends: once the protocol has failed, what the client still
 * sends is thrown away for a moment before the socket is closed.
 *
 * <p>A socket that is closed with unread input resets its peer, which then loses the GOAWAY that was
 * on its way. Confined to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise tells
final class LastWords extends ChannelDuplexHandler {

    /** How long a client that still sends is listened to. */
    private static final Duration TIME = Duration.ofMillis(500);

    private boolean failed;
    private boolean closing;

    /** Says that the protocol has failed, and closing follows. */
    void begin() {
        failed = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!failed) {
            ctx.close(promise);
        } else if (!closing) {
            closing = true;
            ctx.flush();
            var _ =
                    ctx.executor()
                            .schedule(
                                    () -> ctx.close(promise),
                                    TIME.toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
    }
}
