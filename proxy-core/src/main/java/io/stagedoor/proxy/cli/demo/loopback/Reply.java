package io.stagedoor.proxy.cli.demo.loopback;

/** What a loopback server does with a request it has read: answer it, or break the connection. */
public sealed interface Reply permits Answer, Reply.Dropped, Reply.Truncated {

    /** The connection closes without an answer, as when a server dies while it works. */
    record Dropped() implements Reply {}

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
