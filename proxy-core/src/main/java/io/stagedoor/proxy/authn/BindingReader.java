package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what a token is bound to. A way of binding that is not known here refuses the token: it could
 * not be checked.
 *
 * @param rule whether tokens may be bound
 */
record BindingReader(BindingRule rule) {

    private static final String CERTIFICATE = "x5t#S256";
    private static final String KEY = "jkt";
    private static final Set<String> KNOWN = Set.of(CERTIFICATE, KEY);

    /** A SHA-256 digest in base64url, in its only form. */
    private static final Pattern THUMBPRINT =
            Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

    Binding bindingOf(Claims claims) throws RefusedException {
        if (!claims.has("cnf")) {
            if (rule == BindingRule.REQUIRED) {
                throw unacceptable("the token is bound to nothing, as its issuer's must be");
            }
            return Binding.NONE;
        }
        if (rule == BindingRule.REFUSED) {
            throw unacceptable("the token is bound to a key and is no bearer token");
        }
        return read(claims.payload().path("cnf"));
    }

    private static Binding read(JsonNode confirmation) throws RefusedException {
        boolean known =
                confirmation.isObject()
                        && !confirmation.isEmpty()
                        && confirmation
                                .propertyStream()
                                .allMatch(it -> KNOWN.contains(it.getKey()));
        if (!known) {
            throw unacceptable("the token is bound in a way that cannot be checked");
        }
        return new Binding(thumbprint(confirmation, CERTIFICATE), thumbprint(confirmation, KEY));
    }

    private static Optional<String> thumbprint(JsonNode confirmation, String name)
            throws RefusedException {
        if (!confirmation.has(name)) {
            return Optional.empty();
        }
        String text = confirmation.path(name).asText();
        if (!confirmation.path(name).isTextual() || !THUMBPRINT.matcher(text).matches()) {
            throw RefusedException.of(
                    Code.TOKEN_MALFORMED, "the token's `" + name + "` is not a SHA-256 thumbprint");
        }
        return Optional.of(text);
    }

    private static RefusedException unacceptable(String sentence) {
        return RefusedException.of(Code.TOKEN_UNACCEPTABLE, sentence);
    }
}
