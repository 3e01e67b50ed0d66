package io.stagedoor.proxy.cli.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess: 256 random bits in base64url, for states, nonces and PKCE. */
public final class RandomText {
    private static final int OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** Gives a new one, of 43 characters; fit for a code verifier (RFC 7636, section 4.1). */
    public static String next() {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return encoded(octets);
    }

    /** Gives a verifier's challenge by the method {@code S256} (RFC 7636, section 4.2). */
    public static String challengeOf(String verifier) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return encoded(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every java runtime has SHA-256", e);
        }
    }

    private static String encoded(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
