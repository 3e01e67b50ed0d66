package io.stagedoor.proxy.bench.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads one HTTP/1.1 answer at a time with as little work as will do, so that the client leaves its
 * core to the upstream: status and length (RFC 9112). Confined to one thread.
 */
final class AnswerBytes {

    private static final int ANSWER_AT_MOST = 64 * 1024;
    private static final int STATUS_AT = 9;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes = new byte[ANSWER_AT_MOST];
    private int size;
    private int bodyAt;
    private int length;
    private Optional<String> fault = Optional.empty();

    /** Forgets the answer before. */
    void clear() {
        size = 0;
        bodyAt = 0;
        length = 0;
        fault = Optional.empty();
    }

    /**
     * Takes further bytes.
     *
     * @return whether the answer is complete, or will never be
     */
    boolean take(ByteBuf more) {
        int count = more.readableBytes();
        if (count > bytes.length - size) {
            return fail("an answer is too long");
        }
        more.readBytes(bytes, size, count);
        size += count;
        if (bodyAt == 0 && !readHead()) {
            return false;
        }
        if (size > bodyAt + length) {
            return fail("something follows an answer");
        }
        return size == bodyAt + length;
    }

    /** Finds the end of the head, and what it says. */
    private boolean readHead() {
        int line = 0;
        int found = -1;
        for (int at = 0; at < size; at++) {
            if (bytes[at] != '\n') {
                continue;
            }
            if (at == line + 1) {
                bodyAt = at + 1;
                length = found;
                return found >= 0 || fail("an answer does not tell its length");
            }
            found = Math.max(found, lengthIn(line, at - 1));
            line = at + 1;
        }
        return false;
    }

    /** Returns the value of the field Content-Length, or -1 if the line holds another. */
    private int lengthIn(int from, int to) {
        if (to - from <= LENGTH.length) {
            return -1;
        }
        for (int at = 0; at < LENGTH.length; at++) {
            if ((bytes[from + at] | 0x20) != LENGTH[at] && bytes[from + at] != LENGTH[at]) {
                return -1;
            }
        }
        String value = text(from + LENGTH.length, to);
        return Integer.parseInt(value.strip());
    }

    private boolean fail(String what) {
        fault = Optional.of(what + ": " + text(0, Math.min(size, 300)));
        return true;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    /** Returns what is wrong with the answer itself. */
    Optional<String> fault() {
        return fault;
    }

    /** Returns the status, or 0 where none can be read. */
    int status() {
        int status = 0;
        for (int at = STATUS_AT; at < STATUS_AT + 3; at++) {
            int digit = bytes[at] - '0';
            status = digit < 0 || digit > 9 ? 0 : 10 * status + digit;
        }
        return status;
    }

    /** Returns the length of the body. */
    int length() {
        return length;
    }
}
