package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;

/** Netty's HTTP/2 codec, which tells for what reason it ends a connection. */
final class ObservedCodec extends Http2FrameCodec {

    private final ListenerObserver observer;
    private final LastWords lastWords;

    ObservedCodec(
            Http2ConnectionEncoder encoder,
            Http2ConnectionDecoder decoder,
            Http2Settings initialSettings,
            ListenerObserver observer,
            LastWords lastWords) {
        super(encoder, decoder, initialSettings, false, true);
        this.observer = observer;
        this.lastWords = lastWords;
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx,
            boolean outbound,
            Throwable cause,
            @Nullable Http2Exception error) {
        observer.refused(
                error != null && error.error() == Http2Error.ENHANCE_YOUR_CALM
                        ? "http2_flood"
                        : "http2_protocol");
        lastWords.begin();
        super.onConnectionError(ctx, outbound, cause, error);
    }
}
