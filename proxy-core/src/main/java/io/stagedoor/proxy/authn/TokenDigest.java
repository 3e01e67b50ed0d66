package io.stagedoor.proxy.authn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 digest of a token, by which it is remembered, so that no token is ever kept.
 *
 * <p>Tokens that differ in any way have different digests.
 */
record TokenDigest(long first, long second, long third, long fourth) {

    private static final ThreadLocal<Digester> DIGESTER = ThreadLocal.withInitial(Digester::new);

    /** Returns the digest of the characters from {@code start} on; allocates nothing of its length. */
    static TokenDigest of(String field, int start) {
        return DIGESTER.get().digest(field, start);
    }

    /** A thread's own means to make digests with. */
    private static final class Digester {

        private static final int PIECE = 1024;

        private final MessageDigest sha256 = sha256();
        private final byte[] piece = new byte[PIECE];
        private final byte[] result = new byte[32];
        private final ByteBuffer words = ByteBuffer.wrap(result);

        private void update(String field, int from, int to) {
            int letters = 0;
            for (int i = from; i < to; i++) {
                char letter = field.charAt(i);
                letters |= letter;
                piece[i - from] = (byte) letter;
            }
            if (letters > 0xFF) {
                sha256.update(field.substring(from, to).getBytes(StandardCharsets.UTF_16));
            } else {
                sha256.update(piece, 0, to - from);
            }
        }

        TokenDigest digest(String field, int start) {
            for (int from = start; from < field.length(); from += PIECE) {
                update(field, from, Math.min(from + PIECE, field.length()));
            }
            try {
                sha256.digest(result, 0, result.length);
            } catch (DigestException impossible) {
                throw new IllegalStateException("SHA-256 has 32 octets", impossible);
            }
            return new TokenDigest(
                    words.getLong(0), words.getLong(8), words.getLong(16), words.getLong(24));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }
}
