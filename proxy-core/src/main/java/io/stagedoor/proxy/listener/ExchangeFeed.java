package io.stagedoor.proxy.listener;

import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Hands on what a client sends, one piece for each time that one was asked for, and reads from the
 * client only then.
 *
 * <p>Confined to an event loop. Taking a piece may ask for the next: it is handed on after the call
 * has returned, so no stack grows with the length of a body.
 */
final class ExchangeFeed {

    private final Consumer<Object> taker;
    private final Runnable source;
    private final Queue<Object> arrived = new ArrayDeque<>(4);
    private boolean wanted;
    private boolean delivering;

    /**
     * Makes a feed.
     *
     * @param taker takes each piece, and the duty to release it
     * @param source asks the socket for more
     */
    ExchangeFeed(Consumer<Object> taker, Runnable source) {
        this.taker = taker;
        this.source = source;
    }

    /** Takes what was read from the socket. */
    void arrive(Object piece) {
        arrived.add(piece);
        deliver();
    }

    /** Asks for the next piece. */
    void want() {
        wanted = true;
        deliver();
    }

    /** Returns whether a piece was asked for and has not arrived. */
    boolean isWaiting() {
        return wanted;
    }

    /** Returns how many pieces have arrived that nobody has asked for. */
    int waiting() {
        return arrived.size();
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (wanted && !arrived.isEmpty()) {
            wanted = false;
            taker.accept(arrived.remove());
        }
        delivering = false;
        if (wanted) {
            source.run();
        }
    }

    /** Hands on all that has arrived, since nothing more will; asked for or not. */
    void handOnAll() {
        while (!arrived.isEmpty()) {
            taker.accept(arrived.remove());
        }
    }

    /** Releases what nobody has asked for, and asks for nothing more. */
    void close() {
        wanted = false;
        arrived.forEach(ReferenceCountUtil::release);
        arrived.clear();
    }
}
