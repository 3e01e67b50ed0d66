package io.stagedoor.proxy.cli.demo.loopback;

import java.util.Iterator;

/** What a loopback server does with a request it has read: answer it, or break the connection. */
public sealed interface Reply permits Answer, Reply.Dropped, Reply.Streamed, Reply.Truncated {

    /** The connection closes without an answer, as when a server dies while it works. */
    record Dropped() implements Reply {}

    /**
     * The answer's head is sent, then in chunks whatever comes, each at once.
     *
     * @param head the answer without its body
     * @param pieces the body; asking for the next may wait
     */
    record Streamed(Answer head, Iterator<byte[]> pieces) implements Reply {}

    /**
     * The answer's head is sent in full, then part of its body, then the connection closes.
     *
     * @param answer what was meant to be sent
     * @param bytes how much of the body is sent, less than all of it
     */
    record Truncated(Answer answer, int bytes) implements Reply {
        public Truncated {
            if (bytes < 0 || bytes >= answer.bodyBytes().length) {
                throw new IllegalArgumentException(
                        "a truncated answer sends less than its body, not `" + bytes + "` bytes");
            }
        }
    }
}
