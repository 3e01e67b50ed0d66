package io.stagedoor.proxy.credential;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 digest of a caller's token, so that what is remembered for it holds no token. */
record CallerTokenDigest(long first, long second, long third, long fourth) {

    static CallerTokenDigest of(String token) {
        try {
            ByteBuffer words =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
            return new CallerTokenDigest(
                    words.getLong(), words.getLong(), words.getLong(), words.getLong());
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }
}
