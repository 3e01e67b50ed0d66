package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * Takes the token out of an {@code Authorization} field (RFC 6750, section 2.1): the scheme in any
 * case, exactly one space, and then nothing but the token.
 */
final class BearerField {

    private static final String SCHEME = "Bearer";

    private BearerField() {}

    /**
     * Returns the token.
     *
     * @param field the field's value, if the request has exactly one such field
     * @param maxLength the longest token, in characters
     * @throws RefusedException with {@code token_missing} when there is no field or it is of another
     *     scheme, and with {@code token_malformed} when no token can be taken out of it
     */
    static String token(Optional<String> field, int maxLength) throws RefusedException {
        String value = field.orElse("");
        if (!isBearer(value)) {
            throw RefusedException.of(Code.TOKEN_MISSING, "the request has no bearer token");
        }
        int start = SCHEME.length() + 1;
        if (value.length() <= start || value.charAt(SCHEME.length()) != ' ') {
            throw malformed("the authorization field has no token behind one space");
        }
        if (value.length() - start > maxLength) {
            throw malformed("the token is longer than " + maxLength + " characters");
        }
        return value.substring(start);
    }

    private static boolean isBearer(String value) {
        int length = SCHEME.length();
        return value.regionMatches(true, 0, SCHEME, 0, length)
                && (value.length() == length || !Character.isLetterOrDigit(value.charAt(length)));
    }

    private static RefusedException malformed(String sentence) {
        return RefusedException.of(Code.TOKEN_MALFORMED, sentence);
    }
}
