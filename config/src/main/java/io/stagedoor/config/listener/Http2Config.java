package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.util.Optional;

/**
 * What a client may do with one HTTP/2 connection. Over the bounds on resets and control frames, which
 * are counted in 30 seconds, the connection is ended.
 *
 * @param maxStreams how many requests may be under way at once
 * @param maxResets how many requests may be reset, by the client or by its fault
 * @param maxControlFrames how many frames may carry no request: PING, SETTINGS, PRIORITY, unknown
 */
public record Http2Config(int maxStreams, int maxResets, int maxControlFrames) {

    /** Reads the section {@code limits.http2}. */
    public static Optional<Http2Config> read(Section in) {
        Setting<Integer> streams = in.optional("max_streams", Kinds.number(1, 10_000), 100);
        Setting<Integer> resets = in.optional("max_resets", Kinds.number(1, 100_000), 200);
        Setting<Integer> frames =
                in.optional("max_control_frames", Kinds.number(10, 1_000_000), 1_000);
        return in.build(() -> new Http2Config(streams.value(), resets.value(), frames.value()));
    }
}
