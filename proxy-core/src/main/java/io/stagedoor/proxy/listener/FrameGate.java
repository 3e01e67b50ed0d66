package io.stagedoor.proxy.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Stricter than the codec where RFC 9113 is, and kinder where it has to be.
 *
 * <p>A frame on a stream that the client itself has ended is a connection error (section 5.1,
 * closed), and a stream error while the answer is under way (half-closed). One on a stream that the proxy reset a moment ago, because it had answered already, is
 * ignored: the client sent it before it knew. Control frames are counted ({@link
 * ControlFrameBudget}).
 */
final class FrameGate extends DecoratingHttp2ConnectionDecoder {

    /** How many streams that the proxy has reset are remembered. */
    private static final int REMEMBERED = 1_000;

    private final int maxControlFrames;
    private final Http2Connection.PropertyKey ended;
    private final Queue<Integer> resetOrder = new ArrayDeque<>();
    private final Set<Integer> reset = new HashSet<>();

    FrameGate(Http2ConnectionDecoder decoder, int maxControlFrames) {
        super(decoder);
        this.maxControlFrames = maxControlFrames;
        this.ended = connection().newKey();
        connection()
                .addListener(
                        new Http2ConnectionAdapter() {
                            @Override
                            public void onStreamClosed(Http2Stream stream) {
                                if (stream.isResetSent()) {
                                    remember(stream.id());
                                }
                            }
                        });
    }

    private void remember(int stream) {
        if (reset.add(stream)) {
            resetOrder.add(stream);
        }
        if (resetOrder.size() > REMEMBERED) {
            reset.remove(resetOrder.remove());
        }
    }

    @Override
    public void frameListener(Http2FrameListener listener) {
        super.frameListener(new ControlFrameBudget(new EndNoting(listener), maxControlFrames));
    }

    @Override
    public void decodeFrame(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws Http2Exception {
        try {
            super.decodeFrame(ctx, in, out);
        } catch (Http2Exception.StreamException refused) {
            judge(refused);
        }
    }

    private void judge(Http2Exception.StreamException refused) throws Http2Exception {
        int id = refused.streamId();
        Http2Stream stream = connection().stream(id);
        boolean over = stream != null && stream.getProperty(ended) != null;
        if (over && refused.error() == Http2Error.PROTOCOL_ERROR) {
            throw Http2Exception.streamError(
                    id, Http2Error.STREAM_CLOSED, refused, "a frame came after the end");
        }
        if (stream != null || refused.error() != Http2Error.STREAM_CLOSED) {
            throw refused;
        }
        if (!reset.contains(id)) {
            throw Http2Exception.connectionError(
                    Http2Error.STREAM_CLOSED, "a frame came on the closed stream %d", id);
        }
    }

    /** Notes on each stream that the client has ended it. */
    private final class EndNoting extends Http2FrameListenerDecorator {

        EndNoting(Http2FrameListener listener) {
            super(listener);
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean last)
                throws Http2Exception {
            note(id, last);
            return super.onDataRead(ctx, id, data, padding, last);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean last)
                throws Http2Exception {
            note(id, last);
            super.onHeadersRead(ctx, id, headers, dependency, weight, exclusive, padding, last);
        }

        private void note(int id, boolean last) {
            Http2Stream stream = connection().stream(id);
            if (last && stream != null) {
                stream.setProperty(ended, Boolean.TRUE);
            }
        }
    }
}
