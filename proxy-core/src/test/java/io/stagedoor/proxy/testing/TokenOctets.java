package io.stagedoor.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/** Searches texts for octets of a token: any sixteen characters in a row that stand in it. */
public final class TokenOctets {

    private static final int LENGTH = 16;

    private final Set<String> pieces = new HashSet<>();

    private TokenOctets() {}

    /** Cuts a token into all its pieces. */
    public static TokenOctets of(String token) {
        TokenOctets octets = new TokenOctets();
        for (String part : token.split("\\.", -1)) {
            for (int i = 0; i + LENGTH <= part.length(); i++) {
                octets.pieces.add(part.substring(i, i + LENGTH));
            }
        }
        return octets;
    }

    /** Fails if a piece stands in the text. */
    public void assertNotIn(String where, String text) {
        for (int i = 0; i + LENGTH <= text.length(); i++) {
            if (pieces.contains(text.substring(i, i + LENGTH))) {
                assertThat(text.substring(Math.max(0, i - 80), Math.min(text.length(), i + 80)))
                        .as("octets of the token in " + where)
                        .isEmpty();
            }
        }
    }
}
