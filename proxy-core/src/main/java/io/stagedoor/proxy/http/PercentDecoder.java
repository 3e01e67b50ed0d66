package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes percent escapes once, to strict UTF-8 (RFC 3986 section 2.1, RFC 3629).
 *
 * <p>Overlong forms, surrogates and cut sequences are refused, never replaced.
 */
final class PercentDecoder {

    private PercentDecoder() {}

    /** Decodes a part of a text whose raw characters are all ASCII. */
    static String decode(String text, int start, int end) throws RefusedException {
        byte[] octets = new byte[end - start];
        int length = 0;
        boolean ascii = true;
        for (int at = start; at < end; length++) {
            char c = text.charAt(at);
            int octet = c == '%' ? octetAt(text, at, end) : c;
            at += c == '%' ? 3 : 1;
            ascii &= octet < 128;
            octets[length] = (byte) octet;
        }
        if (ascii) {
            return new String(octets, 0, length, StandardCharsets.US_ASCII);
        }
        return strictUtf8(octets, length);
    }

    private static int octetAt(String text, int at, int end) throws RefusedException {
        int high = at + 2 < end ? hex(text.charAt(at + 1)) : -1;
        int low = at + 2 < end ? hex(text.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw HeadRefusals.ambiguous(TargetRule.BAD_ESCAPE);
        }
        return high << 4 | low;
    }

    /** ASCII digits only: Character.digit would take full-width ones too. */
    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static String strictUtf8(byte[] octets, int length) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
        } catch (CharacterCodingException _) {
            throw HeadRefusals.ambiguous(TargetRule.NOT_UTF8);
        }
    }
}
