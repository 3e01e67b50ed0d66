package io.stagedoor.proxy.authn;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Finds out which tenant a token belongs to, and checks that the issuer may speak for it.
 *
 * @param issuer the issuer of the tokens
 */
record TenantCheck(TrustedIssuer issuer) {

    private static final String ENTRA_V1_HOST = "sts.windows.net";
    private static final String ENTRA_V2_PATH = "/v2.0";

    /**
     * Returns the tenant.
     *
     * @throws RefusedException with {@code token_wrong_tenant}, or with {@code token_wrong_issuer} when
     *     the token is of another Entra version than its issuer
     */
    String tenantOf(Claims claims) throws RefusedException {
        return switch (issuer.tenants()) {
            case TenantRule.Constant(String tenant) -> tenant;
            case TenantRule.FromClaim(String claim, Set<String> allowed) -> {
                requireVersion(claims);
                yield allowed(claims.text(claim).orElse(""), allowed);
            }
        };
    }

    private static String allowed(String tenant, Set<String> allowed) throws RefusedException {
        String normal = PrincipalId.isGuid(tenant) ? tenant.toLowerCase(Locale.ROOT) : tenant;
        if (!allowed.contains(normal)) {
            throw RefusedException.of(
                    Code.TOKEN_WRONG_TENANT, "the token belongs to a tenant that is not allowed");
        }
        return normal;
    }

    /** Entra writes the version into {@code ver} and into the issuer; both must say the same. */
    private void requireVersion(Claims claims) throws RefusedException {
        URI uri = URI.create(issuer.issuer());
        boolean second = uri.getPath().endsWith(ENTRA_V2_PATH);
        boolean first = ENTRA_V1_HOST.equals(uri.getHost());
        if (!claims.has("ver") || !(first || second)) {
            return;
        }
        String expected = second ? "2.0" : "1.0";
        if (claims.text("ver").filter(expected::equals).isEmpty()) {
            throw RefusedException.of(
                    Code.TOKEN_WRONG_ISSUER, "the token's version is not that of its issuer");
        }
    }
}
