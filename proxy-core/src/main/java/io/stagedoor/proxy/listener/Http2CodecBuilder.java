package io.stagedoor.proxy.listener;

import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * Makes the codec of an HTTP/2 connection with all its bounds.
 *
 * <ul>
 *   <li>rapid reset (CVE-2023-44487): resets by the client in a window of time;
 *   <li>resets provoked from the server (CVE-2025-8671): the same bound on what the codec itself
 *       resets;
 *   <li>CONTINUATION flood (CVE-2024-27316): the size of a head, and the number of small fragments;
 *   <li>PING and SETTINGS flood (CVE-2019-9512, 9515): frames in a window of time ({@link
 *       FrameGate}), and acknowledgements that the client does not read;
 *   <li>empty DATA frames (CVE-2019-9518): how many may follow each other.
 * </ul>
 *
 * Over each of them the connection ends with GOAWAY and {@code ENHANCE_YOUR_CALM}.
 */
final class Http2CodecBuilder extends Http2FrameCodecBuilder {

    private static final int SMALL_FRAGMENTS = 8;
    private static final int EMPTY_DATA_FRAMES = 8;
    private static final int UNREAD_ANSWERS = 1_000;
    private static final int NO_TIME_LIMIT = -1;

    private final Http2Limits bounds;
    private final ListenerObserver observer;
    private final LastWords lastWords;

    Http2CodecBuilder(ListenerLimits limits, ListenerObserver observer, LastWords lastWords) {
        this.bounds = limits.http2();
        this.observer = observer;
        this.lastWords = lastWords;
        int head = limits.maxRequestLine() + limits.maxHeaderSize();
        initialSettings(
                Http2Settings.defaultSettings()
                        .maxConcurrentStreams(bounds.maxStreams())
                        .maxHeaderListSize(head));
        decoderEnforceMaxRstFramesPerWindow(bounds.maxResets(), Http2Limits.WINDOW_SECONDS);
        encoderEnforceMaxRstFramesPerWindow(bounds.maxResets(), Http2Limits.WINDOW_SECONDS);
        decoderEnforceMaxSmallContinuationFrames(SMALL_FRAGMENTS);
        decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_DATA_FRAMES);
        encoderEnforceMaxQueuedControlFrames(UNREAD_ANSWERS);
        gracefulShutdownTimeoutMillis(NO_TIME_LIMIT);
        validateHeaders(true);
    }

    @Override
    protected Http2FrameCodec build(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings initialSettings) {
        return new ObservedCodec(
                encoder,
                new FrameGate(decoder, bounds.maxControlFrames()),
                initialSettings,
                observer,
                lastWords);
    }
}
