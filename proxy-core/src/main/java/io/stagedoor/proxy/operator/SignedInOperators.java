package io.stagedoor.proxy.operator;

import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.Operator;
import io.stagedoor.proxy.admin.login.SignIns;
import io.stagedoor.proxy.authn.IdTokens;
import io.stagedoor.proxy.authn.IdTokens.SignedIn;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows operators who signed in by their ID tokens; whether they still are is asked at each page. */
public final class SignedInOperators implements SignIns {

    private static final Logger LOG = LoggerFactory.getLogger(SignedInOperators.class);

    private final IdTokens tokens;
    private final OperatorList list;
    private final Supplier<Served> served;

    /**
     * @param tokens verifies ID tokens
     * @param list who operates the proxy
     * @param served knows groups
     */
    public SignedInOperators(IdTokens tokens, OperatorList list, Supplier<Served> served) {
        this.tokens = tokens;
        this.list = list;
        this.served = served;
    }

    @Override
    public Somebody verify(String idToken, String nonce) throws AdminRefusal {
        try {
            SignedIn signedIn = tokens.verify(idToken, nonce);
            return () -> operator(signedIn);
        } catch (RefusedException refused) {
            LOG.atWarn()
                    .addKeyValue("refusal", refused.code().text())
                    .addKeyValue("reason", refused.refusal().sentence())
                    .log("an ID token is refused");
            throw AdminRefusal.of(
                    refused.code().isTokenFault() ? 403 : 503,
                    refused.code().text(),
                    "the issuer's word for who you are cannot be taken");
        }
    }

    private Operator operator(SignedIn signedIn) throws AdminRefusal {
        Principal principal =
                served.get()
                        .principalOf(
                                signedIn.principal(),
                                PrincipalKind.USER,
                                Optional.empty(),
                                signedIn.groups());
        return list.require(principal, signedIn.label());
    }
}
