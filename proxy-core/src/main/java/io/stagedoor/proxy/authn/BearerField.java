package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * An {@code Authorization} field with a token in it (RFC 6750, section 2.1): the scheme in any case,
 * exactly one space, and then nothing but the token.
 *
 * @param value the field's value
 */
record BearerField(String value) {

    private static final String SCHEME = "Bearer";
    private static final int START = SCHEME.length() + 1;

    /**
     * Reads the field.
     *
     * @param field the field's value, if the request has exactly one such field
     * @param maxLength the longest token, in characters
     * @throws RefusedException with {@code token_missing} when there is no field or it is of another
     *     scheme, and with {@code token_malformed} when no token can be taken out of it
     */
    static BearerField parse(Optional<String> field, int maxLength) throws RefusedException {
        String value = field.orElse("");
        if (!isBearer(value)) {
            throw RefusedException.of(Code.TOKEN_MISSING, "the request has no bearer token");
        }
        if (value.length() <= START || value.charAt(SCHEME.length()) != ' ') {
            throw malformed("the authorization field has no token behind one space");
        }
        if (value.length() - START > maxLength) {
            throw malformed("the token is longer than " + maxLength + " characters");
        }
        return new BearerField(value);
    }

    /** Returns the token. */
    String token() {
        return value.substring(START);
    }

    /** Returns the token's digest. */
    TokenDigest digest() {
        return TokenDigest.of(value, START);
    }

    private static boolean isBearer(String value) {
        int length = SCHEME.length();
        return value.regionMatches(true, 0, SCHEME, 0, length)
                && (value.length() == length || !Character.isLetterOrDigit(value.charAt(length)));
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
