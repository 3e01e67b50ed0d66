package io.stagedoor.proxy.authn.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The protected header of a token (RFC 7515, section 4), reduced to the three fields that may matter.
 *
 * <p>A field that could change how the token is to be read, or bring a key along, refuses the token;
 * all others are ignored and never used. So a header can choose among the issuer's own keys and
 * nothing else.
 *
 * @param algorithm how the token is signed ({@code alg})
 * @param keyId which of the issuer's keys signed it ({@code kid}), if the header says so
 * @param accessTokenType whether the header says it is an RFC 9068 access token ({@code typ})
 */
public record JoseHeader(
        SignatureAlgorithm algorithm, Optional<String> keyId, boolean accessTokenType) {

    private static final int MAX_KEY_ID = 256;

    private static final Set<String> PLAIN_TYPES = Set.of("jwt");
    private static final Set<String> ACCESS_TOKEN_TYPES = Set.of("at+jwt", "application/at+jwt");

    /** Fields that bring keys, change the meaning of the parts, or belong to encryption. */
    private static final List<String> REFUSED =
            List.of(
                    "crit", "b64", "zip", "jwk", "jku", "x5u", "x5c", "enc", "epk", "apu", "apv",
                    "p2s", "p2c", "iv", "tag");

    /**
     * Reads the header.
     *
     * @throws RefusedException with {@code token_malformed} when a field has the wrong type, and with
     *     {@code token_unacceptable} when the header asks for something that is not done
     */
    public static JoseHeader from(ObjectNode header) throws RefusedException {
        for (String name : REFUSED) {
            if (header.has(name)) {
                throw unacceptable("the token's header has the field `" + name + "`");
            }
        }
        if (header.has("nonce")) {
            throw unacceptable("the token is meant for Microsoft Graph and for nobody else");
        }
        return new JoseHeader(algorithm(header), keyId(header), isAccessTokenType(header));
    }

    private static SignatureAlgorithm algorithm(ObjectNode header) throws RefusedException {
        JsonNode name = header.path("alg");
        if (!name.isTextual()) {
            throw malformed("the token's header names no algorithm");
        }
        return SignatureAlgorithm.find(name.textValue())
                .orElseThrow(() -> unacceptable("the token's algorithm is not taken"));
    }

    private static Optional<String> keyId(ObjectNode header) throws RefusedException {
        if (!header.has("kid")) {
            return Optional.empty();
        }
        JsonNode keyId = header.path("kid");
        if (!keyId.isTextual() || keyId.textValue().isEmpty()) {
            throw malformed("the token's key id is not a text");
        }
        if (keyId.textValue().length() > MAX_KEY_ID) {
            throw malformed("the token's key id is longer than " + MAX_KEY_ID + " characters");
        }
        return Optional.of(keyId.textValue());
    }

    private static boolean isAccessTokenType(ObjectNode header) throws RefusedException {
        if (!header.has("typ")) {
            return false;
        }
        JsonNode type = header.path("typ");
        if (!type.isTextual()) {
            throw malformed("the token's type is not a text");
        }
        String folded = type.textValue().toLowerCase(Locale.ROOT);
        if (!PLAIN_TYPES.contains(folded) && !ACCESS_TOKEN_TYPES.contains(folded)) {
            throw unacceptable("the token's type is not that of an access token");
        }
        return ACCESS_TOKEN_TYPES.contains(folded);
    }

    private static RefusedException malformed(String sentence) {
        return RefusedException.of(Code.TOKEN_MALFORMED, sentence);
    }

    private static RefusedException unacceptable(String sentence) {
        return RefusedException.of(Code.TOKEN_UNACCEPTABLE, sentence);
    }
}
