package io.stagedoor.proxy.authn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 digest of a token, by which it is remembered, so that no token is ever kept.
 *
 * <p>Tokens that differ in any way have different digests; characters that no token can hold all count
 * as one, and such tokens are never verified.
 */
record TokenDigest(long first, long second, long third, long fourth) {

    static TokenDigest of(String token) {
        byte[] digest = sha256().digest(token.getBytes(StandardCharsets.ISO_8859_1));
        ByteBuffer words = ByteBuffer.wrap(digest);
        return new TokenDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }

    /** Returns the first word: the digest is spread evenly already. */
    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }
}
