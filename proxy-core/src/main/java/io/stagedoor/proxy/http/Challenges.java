package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Demand;
import io.stagedoor.proxy.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Writes the {@code WWW-Authenticate} fields of a refusal (RFC 9110, section 11.6.1), one challenge
 * in each, since clients split a list of several in different ways.
 *
 * <p>Values come from the configuration, never from a token.
 */
final class Challenges {

    private static final String BEARER = "Bearer realm=\"stagedoor\"";

    private Challenges() {}

    static List<String> of(Refusal refusal) {
        return refusal.demand()
                .map(demand -> of(refusal.code(), demand))
                .orElseGet(() -> List.of(bearer(refusal.code())));
    }

    private static List<String> of(Code code, Demand demand) {
        return switch (demand) {
            case Demand.Proof proof -> List.of(bearer(code), proof(code, proof));
            case Demand.Scopes(List<String> scopes) ->
                    List.of(
                            BEARER
                                    + ", error=\"insufficient_scope\""
                                    + quoted("scope", String.join(" ", scopes)));
            case Demand.SignIn signIn -> List.of(signIn(signIn));
            case Demand.Claims claims -> List.of(claims(claims));
        };
    }

    /** RFC 6750 section 3.1: no error attribute when the request carried no token at all. */
    private static String bearer(Code code) {
        return code == Code.TOKEN_MISSING ? BEARER : BEARER + ", error=\"invalid_token\"";
    }

    private static String proof(Code code, Demand.Proof proof) {
        String error =
                switch (code) {
                    case TOKEN_MISSING -> "";
                    case TOKEN_PROOF -> ", error=\"invalid_dpop_proof\"";
                    default -> ", error=\"invalid_token\"";
                };
        return "DPoP realm=\"stagedoor\""
                + error
                + quoted("algs", String.join(" ", proof.algorithms()));
    }

    private static String signIn(Demand.SignIn signIn) {
        String contexts =
                signIn.contexts().isEmpty()
                        ? ""
                        : quoted("acr_values", String.join(" ", signIn.contexts()));
        String age =
                signIn.maxAge()
                        .map(limit -> quoted("max_age", Long.toString(limit.toSeconds())))
                        .orElse("");
        return BEARER
                + ", error=\"insufficient_user_authentication\""
                + quoted("error_description", "The user must sign in again or in another way")
                + contexts
                + age;
    }

    /** The order and the empty realm are those of Entra's own services. */
    private static String claims(Demand.Claims claims) {
        byte[] request = claims.request().getBytes(StandardCharsets.UTF_8);
        return "Bearer realm=\"\""
                + quoted("authorization_uri", claims.authorizationUri())
                + quoted("error", "insufficient_claims")
                + quoted("claims", Base64.getEncoder().encodeToString(request));
    }

    private static String quoted(String name, String value) {
        return ", " + name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
