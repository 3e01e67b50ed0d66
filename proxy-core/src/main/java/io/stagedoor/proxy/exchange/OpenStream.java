package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.journey.Admitted;

/**
 * An admitted exchange that is under way: its answer streams, or it has become a tunnel.
 *
 * <p>While it lasts, whether it may is asked again and again ({@link OpenStreams}). Confined to the
 * event loop of the client's connection.
 */
public interface OpenStream {

    /** Returns the proof on which it was opened. */
    Admitted admitted();

    /**
     * Ends it, because the same request would be refused now. Does nothing if it has ended.
     *
     * @param reason the stable code of that refusal, such as {@code not_permitted}; it belongs into
     *     the completed record
     */
    void close(String reason);
}
