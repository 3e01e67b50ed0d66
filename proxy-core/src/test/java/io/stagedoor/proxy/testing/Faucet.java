package io.stagedoor.proxy.testing;

import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An upstream's answer whose body comes when a test says so, piece by piece. */
public final class Faucet {

    private final BlockingQueue<Optional<byte[]>> pieces = new LinkedBlockingQueue<>();

    /** Returns the reply that runs from this faucet. */
    public Reply reply(int status) {
        Answer head = new Answer(status, Map.of("Content-Type", "application/octet-stream"), "");
        return new Reply.Streamed(head, new Drops());
    }

    /** Lets a piece run. */
    public void drip(String piece) {
        pieces.add(Optional.of(piece.getBytes(StandardCharsets.UTF_8)));
    }

    /** Ends the body, as it should end. */
    public void close() {
        pieces.add(Optional.empty());
    }

    private final class Drops implements Iterator<byte[]> {

        private Optional<byte[]> next = Optional.empty();

        @Override
        public boolean hasNext() {
            try {
                next = pieces.take();
                return next.isPresent();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public byte[] next() {
            return next.orElseThrow();
        }
    }
}
