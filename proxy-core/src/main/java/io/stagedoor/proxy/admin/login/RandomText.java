package io.stagedoor.proxy.admin.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess, of 256 bits, and their digests. Safe for any thread. */
final class RandomText {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int OCTETS = 32;

    private RandomText() {}

    static String next() {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return ENCODER.encodeToString(octets);
    }

    /** Returns the SHA-256 of a text in base64url: what is kept in its place, or PKCE's S256. */
    static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return ENCODER.encodeToString(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every java runtime has SHA-256", e);
        }
    }

    /** Compares in a time that does not tell how much is the same. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
