package io.stagedoor.proxy.authn;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 digest of a token, by which it is remembered, so that no token is ever kept.
 *
 * <p>Tokens that differ in any way have different digests; characters that no token can hold all count
 * as one, and such tokens are never verified.
 */
record TokenDigest(long first, long second, long third, long fourth) {

    /** Returns the digest of the octets from {@code start} on. */
    static TokenDigest of(byte[] octets, int start) {
        MessageDigest digest = sha256();
        digest.update(octets, start, octets.length - start);
        ByteBuffer words = ByteBuffer.wrap(digest.digest());
        return new TokenDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }
}
