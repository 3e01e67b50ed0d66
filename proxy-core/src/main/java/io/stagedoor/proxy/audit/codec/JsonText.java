package io.stagedoor.proxy.audit.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of UTF-8 JSON text; for one thread.
 *
 * <p>Strings escape, beyond what RFC 8259 section 7 asks, every character that could end a line or
 * mislead a reader: DEL and the C1 controls, the line and paragraph separators, the zero-width and
 * bidirectional controls, and half surrogate pairs.
 */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] PLAIN = plainCharacters();
    private static final int LONGEST_ESCAPE = 6;

    private byte[] bytes = new byte[4096];
    private int length;
    private boolean marked;

    int length() {
        return length;
    }

    byte[] array() {
        return bytes;
    }

    void rewindTo(int earlierLength) {
        length = earlierLength;
    }

    /** Tells whether the last string held `=` or `J`, as no credential is without. */
    boolean wasMarked() {
        return marked;
    }

    JsonText raw(char character) {
        room(1);
        bytes[length++] = (byte) character;
        return this;
    }

    JsonText ascii(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    JsonText raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    JsonText number(long value) {
        return ascii(Long.toString(value));
    }

    JsonText string(String text) {
        room(text.length() * LONGEST_ESCAPE + 2);
        marked = false;
        bytes[length++] = '"';
        int next = 0;
        while (next < text.length()) {
            char c = text.charAt(next);
            if (c < PLAIN.length && PLAIN[c]) {
                bytes[length++] = (byte) c;
                next++;
            } else {
                next += character(text, next);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /** Writes the character at an index that is not plain, and gives how many halves it has. */
    private int character(String text, int index) {
        char c = text.charAt(index);
        int point = text.codePointAt(index);
        boolean pair = Character.isSupplementaryCodePoint(point);
        if (c == '=' || c == 'J') {
            bytes[length++] = (byte) c;
            marked = true;
        } else if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (pair) {
            fourBytes(point);
        } else if (misleads(c)) {
            escape(c);
        } else {
            twoOrThreeBytes(c);
        }
        return pair ? 2 : 1;
    }

    private static boolean misleads(char c) {
        return c < 0xa0
                || Character.isSurrogate(c)
                || c == 0x061c
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff;
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 0xf];
        }
    }

    private void twoOrThreeBytes(char c) {
        if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
        } else {
            bytes[length++] = (byte) (0xe0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        }
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    private void fourBytes(int point) {
        bytes[length++] = (byte) (0xf0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (point & 0x3f));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static boolean[] plainCharacters() {
        boolean[] plain = new boolean[0x7f];
        Arrays.fill(plain, ' ', plain.length, true);
        plain['"'] = false;
        plain['\\'] = false;
        plain['='] = false;
        plain['J'] = false;
        return plain;
    }
}
