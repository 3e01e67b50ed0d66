package io.stagedoor.proxy.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.concurrent.TimeUnit;

/**
 * Counts the frames that ask for work and carry no request, and ends a connection with {@code
 * ENHANCE_YOUR_CALM} when there are too many in a window of time.
 */
final class ControlFrameBudget extends Http2FrameListenerDecorator {

    private static final long WINDOW = TimeUnit.SECONDS.toNanos(Http2Limits.WINDOW_SECONDS);

    private final int limit;
    private long windowBegan = System.nanoTime();
    private int spent;

    ControlFrameBudget(Http2FrameListener listener, int limit) {
        super(listener);
        this.limit = limit;
    }

    private void spend() throws Http2Exception {
        long now = System.nanoTime();
        if (now - windowBegan > WINDOW) {
            windowBegan = now;
            spent = 0;
        }
        spent++;
        if (spent > limit) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "more than %d control frames", limit);
        }
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        spend();
        super.onPingRead(ctx, data);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings)
            throws Http2Exception {
        spend();
        super.onSettingsRead(ctx, settings);
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext ctx,
            int streamId,
            int streamDependency,
            short weight,
            boolean exclusive)
            throws Http2Exception {
        spend();
        super.onPriorityRead(ctx, streamId, streamDependency, weight, exclusive);
    }

    @Override
    public void onUnknownFrame(
            ChannelHandlerContext ctx,
            byte frameType,
            int streamId,
            Http2Flags flags,
            ByteBuf payload)
            throws Http2Exception {
        spend();
        super.onUnknownFrame(ctx, frameType, streamId, flags, payload);
    }
}
