package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * An {@code Authorization} field with a token in it: the scheme {@code Bearer} (RFC 6750, section 2.1)
 * or {@code DPoP} (RFC 9449, section 7.1) in any case, exactly one space, and then nothing but the
 * token.
 *
 * @param value the field's value
 * @param scheme its scheme
 */
record BearerField(String value, Scheme scheme) {

    /** A way of showing a token. */
    enum Scheme {
        /** Whoever has the token may use it. */
        BEARER("Bearer"),
        /** A proof goes with the token. */
        DPOP("DPoP");

        private final String text;

        Scheme(String text) {
            this.text = text;
        }

        boolean opens(String value) {
            int length = text.length();
            return value.regionMatches(true, 0, text, 0, length)
                    && (value.length() == length
                            || !Character.isLetterOrDigit(value.charAt(length)));
        }

        int start() {
            return text.length() + 1;
        }
    }

    /**
     * Reads the field.
     *
     * @param field the field's value, if the request has exactly one such field
     * @param maxLength the longest token, in characters
     * @param takesProofs whether the scheme {@code DPoP} is known
     * @throws RefusedException with {@code token_missing} when there is no field or it is of another
     *     scheme, and with {@code token_malformed} when no token can be taken out of it
     */
    static BearerField parse(Optional<String> field, int maxLength, boolean takesProofs)
            throws RefusedException {
        String value = field.orElse("");
        Scheme scheme = takesProofs && Scheme.DPOP.opens(value) ? Scheme.DPOP : Scheme.BEARER;
        if (!scheme.opens(value)) {
            throw RefusedException.of(Code.TOKEN_MISSING, "the request has no bearer token");
        }
        int start = scheme.start();
        if (value.length() <= start || value.charAt(start - 1) != ' ') {
            throw malformed("the authorization field has no token behind one space");
        }
        if (value.length() - start > maxLength) {
            throw malformed("the token is longer than " + maxLength + " characters");
        }
        return new BearerField(value, scheme);
    }

    /** Returns the token. */
    String token() {
        return value.substring(scheme.start());
    }

    /** Returns the token's digest, which does not depend on the scheme. */
    TokenDigest digest() {
        return TokenDigest.of(value, scheme.start());
    }

    private static RefusedException malformed(String sentence) {
        return RefusedException.of(Code.TOKEN_MALFORMED, sentence);
    }

    /** Shows none of the token. */
    @Override
    public String toString() {
        return "BearerField[" + value.length() + "]";
    }
}
