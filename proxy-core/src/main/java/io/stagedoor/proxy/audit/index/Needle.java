package io.stagedoor.proxy.audit.index;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A text that is looked for in the lines of the journal before they are parsed.
 *
 * <p>Only its longest run of characters that are never escaped is looked for, without regard to
 * ASCII case: a line without it cannot be meant, a line with it may be.
 */
final class Needle {
    private final byte[] lower;

    private Needle(byte[] lower) {
        this.lower = lower;
    }

    /** Looks for a text. */
    static Needle of(String text) {
        int bestStart = 0;
        int bestEnd = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isPlain(text.charAt(i))) {
                boolean longer = i - start > bestEnd - bestStart;
                bestStart = longer ? start : bestStart;
                bestEnd = longer ? i : bestEnd;
                start = i + 1;
            }
        }
        String run = text.substring(bestStart, bestEnd).toLowerCase(Locale.ROOT);
        return new Needle(run.getBytes(StandardCharsets.US_ASCII));
    }

    /** Is in every line. */
    static Needle any() {
        return new Needle(new byte[0]);
    }

    /** Tells whether the text is among some bytes. */
    boolean isIn(byte[] bytes, int start, int end) {
        if (lower.length == 0) {
            return true;
        }
        for (int at = start; at <= end - lower.length; at++) {
            if (fold(bytes[at]) == lower[0] && matches(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(byte[] bytes, int at) {
        for (int i = 1; i < lower.length; i++) {
            if (fold(bytes[at + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte fold(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }
}
