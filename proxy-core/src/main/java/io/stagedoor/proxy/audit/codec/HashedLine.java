package io.stagedoor.proxy.audit.codec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frame of a line whose own hash is right, read without parsing its JSON.
 *
 * @param seq the sequence number
 * @param previousHash the hash of the record before
 * @param hash the hash of this record
 */
public record HashedLine(long seq, String previousHash, String hash) {
    /** How many bytes of a line are the hash member and the closing brace. */
    static final int TAIL = ",\"hash\":\"".length() + 64 + "\"}".length();

    private static final int HEAD = 128;
    private static final Pattern FRAME =
            Pattern.compile("\\{\"seq\":([1-9]\\d{0,17}),\"prev_hash\":\"([0-9a-f]{64})\",");
    private static final Pattern END = Pattern.compile(",\"hash\":\"([0-9a-f]{64})\"}");
    private static final byte[] BRACE = {'}'};

    /**
     * Reads a line and checks its hash.
     *
     * @param line a line without its line feed
     * @return the frame, or nothing when the line isn't one of ours or its hash is wrong
     */
    public static Optional<HashedLine> read(byte[] line) {
        return read(line, line.length);
    }

    /** Reads the line that takes the first bytes of an array, and checks its hash. */
    public static Optional<HashedLine> read(byte[] bytes, int length) {
        int jsonEnd = length - TAIL;
        if (jsonEnd < 0) {
            return Optional.empty();
        }
        Matcher end = END.matcher(text(bytes, jsonEnd, length - jsonEnd));
        Matcher frame = FRAME.matcher(text(bytes, 0, Math.min(HEAD, length)));
        if (!end.matches() || !frame.lookingAt()) {
            return Optional.empty();
        }
        String hash = new Sha256().update(bytes, 0, jsonEnd).update(BRACE, 0, 1).finish();
        return hash.equals(end.group(1))
                ? Optional.of(new HashedLine(Long.parseLong(frame.group(1)), frame.group(2), hash))
                : Optional.empty();
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
}
