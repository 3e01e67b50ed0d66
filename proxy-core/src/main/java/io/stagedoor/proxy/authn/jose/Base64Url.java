package io.stagedoor.proxy.authn.jose;

import java.util.Arrays;
import java.util.Optional;

/**
 * The strict decoder for base64url without padding (RFC 7515, section 2): one text for each octet
 * sequence, and no other.
 *
 * <p>Refuses what lenient decoders let pass: padding, white space, the other alphabet, a length that
 * no octets have, and non-zero bits behind the last octet.
 */
public final class Base64Url {

    private static final byte[] VALUES = values();

    private Base64Url() {}

    /** Returns the octets, or nothing if the text is not in the one canonical form. */
    public static Optional<byte[]> decode(CharSequence text) {
        int length = text.length();
        int loose = length % 4;
        if (loose == 1) {
            return Optional.empty();
        }
        byte[] octets = new byte[length / 4 * 3 + (loose == 0 ? 0 : loose - 1)];
        int bits = 0;
        int waiting = 0;
        int written = 0;
        for (int i = 0; i < length; i++) {
            int value = valueOf(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            bits = bits << 6 | value;
            waiting += 6;
            if (waiting >= 8) {
                waiting -= 8;
                octets[written++] = (byte) (bits >>> waiting);
                bits &= (1 << waiting) - 1;
            }
        }
        return bits == 0 ? Optional.of(octets) : Optional.empty();
    }

    private static int valueOf(char letter) {
        return letter < VALUES.length ? VALUES[letter] : -1;
    }

    private static byte[] values() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }
}
