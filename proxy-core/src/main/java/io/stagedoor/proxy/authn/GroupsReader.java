package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the groups claim, and tells "none" from "not told".
 *
 * <p>Where Entra leaves the groups out because there are too many ({@code _claim_names}, {@code
 * hasgroups}), they are unknown; the address that such a token names is never used. A group that is
 * named by something else than a GUID gets the issuer's directory name as its tenant, so that nobody
 * can name a group into being one of the tenant's own.
 *
 * @param issuer the issuer of the tokens
 * @param listener is told how many groups are ignored
 */
record GroupsReader(TrustedIssuer issuer, AuthenticationListener listener) {

    /** Returns the groups, or nothing when the token does not tell. */
    Optional<Set<PrincipalId>> groupsOf(Claims claims, String tenant) throws RefusedException {
        String claim = issuer.claims().groups();
        if (!claims.has(claim) || isOverage(claims, claim)) {
            return Optional.empty();
        }
        Set<String> named = claims.list(claim);
        Set<PrincipalId> groups = new HashSet<>();
        for (String name : named) {
            group(name, tenant).ifPresent(groups::add);
        }
        if (groups.size() < named.size()) {
            listener.onGroupsIgnored(issuer.name(), named.size() - groups.size());
        }
        return Optional.of(Set.copyOf(groups));
    }

    private static boolean isOverage(Claims claims, String claim) {
        JsonNode payload = claims.payload();
        return payload.path("_claim_names").has(claim)
                || payload.path("hasgroups").asBoolean(false);
    }

    private Optional<PrincipalId> group(String name, String tenant) {
        try {
            return Optional.of(
                    PrincipalId.isGuid(name)
                            ? PrincipalId.of(tenant, name)
                            : PrincipalId.ofName(directory(), name));
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }

    private String directory() {
        return switch (issuer.tenants()) {
            case TenantRule.Constant(String tenant) -> tenant;
            case TenantRule.FromClaim(String _, Set<String> _) -> issuer.name();
        };
    }
}
