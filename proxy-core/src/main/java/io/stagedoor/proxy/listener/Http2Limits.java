package io.stagedoor.proxy.listener;

/**
 * The bounds on what a client may do with one HTTP/2 connection.
 *
 * @param maxStreams how many requests may be under way at once (RFC 9113 section 5.1.2)
 * @param maxResets how many streams may be reset in {@value #WINDOW_SECONDS} seconds, by the client
 *     or by its fault
 * @param maxControlFrames how many frames that carry no request (PING, SETTINGS, PRIORITY, unknown
 *     ones) are taken in {@value #WINDOW_SECONDS} seconds
 */
public record Http2Limits(int maxStreams, int maxResets, int maxControlFrames) {

    /** Over which time resets and control frames are counted, in seconds. */
    static final int WINDOW_SECONDS = 30;
}
