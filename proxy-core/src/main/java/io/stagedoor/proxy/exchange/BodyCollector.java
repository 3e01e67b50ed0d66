package io.stagedoor.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import java.io.ByteArrayOutputStream;

/**
 * Collects a body up to a bound. Confined to one thread.
 *
 * <p>What goes over the bound is not kept; whoever collects asks {@link #isOverflowing} and acts.
 */
final class BodyCollector {

    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private boolean overflowing;

    BodyCollector(int limit) {
        this.limit = limit;
    }

    /** Adds a piece, which stays the caller's to release. */
    void add(HttpContent content) {
        ByteBuf piece = content.content();
        if (piece.readableBytes() > limit - bytes.size()) {
            overflowing = true;
            return;
        }
        byte[] copy = new byte[piece.readableBytes()];
        piece.getBytes(piece.readerIndex(), copy);
        bytes.writeBytes(copy);
    }

    /** Returns whether the body was longer than the bound. */
    boolean isOverflowing() {
        return overflowing;
    }

    /** Returns what was collected. */
    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
