package io.stagedoor.proxy.operator;

import io.stagedoor.policy.principal.Principal;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.Operator;
import io.stagedoor.proxy.admin.Operators;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Knows operators by the bearer token or the key that they show. Tokens are verified as those of
 * clients are, and must be for the operators' audience.
 */
public final class ShownOperators implements Operators {

    private static final String KEY_SCHEME = "ApiKey ";

    /** Operators wait for verifications as one client, in turn with all others. */
    private static final String OPERATORS = "operators";

    private static final String CHALLENGE = "Bearer realm=\"stagedoor-admin\"";

    private final OperatorList list;
    private final Optional<String> audience;
    private final Optional<ApiKey> key;
    private final Supplier<Served> served;

    /**
     * @param list who operates the proxy
     * @param audience the audience of their tokens; without it none are taken
     * @param key reads the key of scripts; without it none is taken
     */
    public ShownOperators(
            OperatorList list,
            Optional<String> audience,
            Optional<Supplier<String>> key,
            Supplier<Served> served) {
        this.list = list;
        this.audience = audience;
        this.key = key.map(ApiKey::new);
        this.served = served;
    }

    @Override
    public Operator identify(Optional<String> authorization) throws AdminRefusal {
        requireConfigured();
        if (authorization.isEmpty()) {
            throw unknown("token_missing", "show a bearer token or a key");
        }
        String field = authorization.get();
        if (!field.regionMatches(true, 0, KEY_SCHEME, 0, KEY_SCHEME.length())) {
            return byToken(field);
        }
        if (key.isEmpty()) {
            throw unknown("key_wrong", "no key is taken here");
        }
        key.get().require(field.substring(KEY_SCHEME.length()));
        return new Operator("api_key", Optional.empty());
    }

    private void requireConfigured() throws AdminRefusal {
        if (key.isEmpty() && (list.isEmpty() || audience.isEmpty())) {
            throw AdminRefusal.of(
                    403,
                    "operators_not_configured",
                    "nobody operates this proxy by tokens or keys",
                    "configure `admin.operators` with `admin.audience`, or `admin.api_key`");
        }
    }

    private Operator byToken(String field) throws AdminRefusal {
        if (audience.isEmpty()) {
            throw unknown("token_invalid", "no bearer tokens are taken here");
        }
        Served now = served.get();
        VerifiedToken token = verified(now, field, audience.get());
        if (!token.actorChain().isEmpty() || !token.actingPrincipals().isEmpty()) {
            throw AdminRefusal.of(
                    403,
                    "not_operator",
                    "somebody who acts for an operator is not one",
                    "use a token that was issued to the operator itself");
        }
        Principal principal =
                now.principalOf(
                        token.principal(), token.kind(), token.clientApplication(), token.groups());
        return list.require(principal, token.label());
    }

    private static VerifiedToken verified(Served now, String field, String audience)
            throws AdminRefusal {
        try {
            VerifiedToken token =
                    now.authenticator()
                            .authenticate(
                                    Optional.of(field),
                                    Set.of(audience),
                                    new LastToken(),
                                    OPERATORS);
            if (!token.binding().isNone()) {
                throw unknown("token_invalid", "tokens that are bound to a key are not taken here");
            }
            return token;
        } catch (RefusedException refused) {
            if (refused.code().isTokenFault()) {
                throw unknown("token_invalid", "the bearer token is not valid for this service");
            }
            throw AdminRefusal.of(503, refused.code().text(), refused.refusal().sentence())
                    .with("Retry-After", "5");
        }
    }

    private static AdminRefusal unknown(String code, String sentence) {
        return AdminRefusal.of(401, code, sentence).with("WWW-Authenticate", CHALLENGE);
    }
}
