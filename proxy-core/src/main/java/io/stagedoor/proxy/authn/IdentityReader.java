package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * Reads who is asking out of verified claims.
 *
 * @param issuer the issuer of the tokens
 * @param tenants finds the tenant
 * @param groups reads the groups
 */
record IdentityReader(TrustedIssuer issuer, TenantCheck tenants, GroupsReader groups) {

    private static final List<String> LABELS = List.of("upn", "preferred_username", "unique_name");
    private static final List<String> TOKEN_IDS = List.of("uti", "jti");

    /**
     * Returns the identity.
     *
     * @throws RefusedException with {@code token_wrong_tenant}, with {@code actor_unknown}, or with
     *     another {@code token_*} code when a claim that matters is missing, contradicts another or
     *     has the wrong form
     */
    VerifiedToken.Identity identityOf(Claims claims) throws RefusedException {
        String tenant = tenants.tenantOf(claims);
        PrincipalId principal = principal(claims, tenant);
        TokenPermissions permissions = PermissionReader.permissionsOf(claims);
        Client client = new ClientReader(issuer.claims()).clientOf(claims);
        PrincipalKind kind = new KindReader(issuer).kindOf(claims, client, permissions);
        return new VerifiedToken.Identity(
                principal,
                kind,
                client,
                groups.groupsOf(claims, tenant),
                new VerifiedToken.Names(
                        firstVisible(claims.payload(), TOKEN_IDS),
                        firstVisible(claims.payload(), LABELS),
                        userNameOf(claims, kind)),
                new ActorReader(issuer).actorsOf(claims, principal, kind, client),
                permissions,
                SignInReader.signInOf(claims));
    }

    /** A guest's name is given by another tenant, and may be that of a user of this one elsewhere. */
    private Optional<String> userNameOf(Claims claims, PrincipalKind kind) {
        return kind == PrincipalKind.GUEST
                ? Optional.empty()
                : firstVisible(claims.payload(), issuer.claims().userName());
    }

    private PrincipalId principal(Claims claims, String tenant) throws RefusedException {
        String id = claims.text(issuer.claims().principal()).orElse("");
        try {
            return PrincipalId.of(tenant, id);
        } catch (IllegalArgumentException unfit) {
            throw RefusedException.of(Code.TOKEN_UNACCEPTABLE, "the token names no principal");
        }
    }

    /** Returns the first of the members that is a text and may be shown to people. */
    static Optional<String> firstVisible(JsonNode object, List<String> names) {
        return names.stream()
                .map(object::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .flatMap(text -> DisplayText.of(text).stream())
                .findFirst();
    }
}
