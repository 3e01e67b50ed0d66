package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads who is asking out of verified claims.
 *
 * @param issuer the issuer of the tokens
 * @param tenants finds the tenant
 * @param groups reads the groups
 */
record IdentityReader(TrustedIssuer issuer, TenantCheck tenants, GroupsReader groups) {

    private static final int MAX_ACTORS = 8;
    private static final List<String> LABELS = List.of("upn", "preferred_username", "unique_name");
    private static final List<String> TOKEN_IDS = List.of("uti", "jti");
    private static final List<String> ACTOR_NAMES = List.of("sub", "client_id");

    /**
     * Returns the identity.
     *
     * @throws RefusedException with {@code token_wrong_tenant}, or with another {@code token_*} code
     *     when a claim that matters is missing, contradicts another or has the wrong form
     */
    VerifiedToken.Identity identityOf(Claims claims) throws RefusedException {
        String tenant = tenants.tenantOf(claims);
        return new VerifiedToken.Identity(
                principal(claims, tenant),
                kind(claims),
                clientApplication(claims),
                groups.groupsOf(claims, tenant),
                firstVisible(claims.payload(), TOKEN_IDS),
                firstVisible(claims.payload(), LABELS),
                actorChain(claims));
    }

    private PrincipalId principal(Claims claims, String tenant) throws RefusedException {
        String id = claims.text(issuer.claims().principal()).orElse("");
        try {
            return PrincipalId.of(tenant, id);
        } catch (IllegalArgumentException unfit) {
            throw unacceptable("the token names no principal");
        }
    }

    /**
     * Tells users from applications: {@code idtyp} where Entra was asked for it, else by the delegated
     * scopes, which applications' own tokens never have.
     */
    private static PrincipalKind kind(Claims claims) throws RefusedException {
        boolean delegated = !claims.texts("scp").isEmpty() || !claims.texts("scope").isEmpty();
        Optional<String> type = claims.text("idtyp");
        if (type.isPresent()) {
            return switch (type.get()) {
                case "user" -> PrincipalKind.USER;
                case "app" -> delegated ? PrincipalKind.UNKNOWN : PrincipalKind.SERVICE_PRINCIPAL;
                default -> PrincipalKind.UNKNOWN;
            };
        }
        if (delegated) {
            return PrincipalKind.USER;
        }
        return isOwnIdentity(claims) ? PrincipalKind.SERVICE_PRINCIPAL : PrincipalKind.UNKNOWN;
    }

    private static boolean isOwnIdentity(Claims claims) {
        JsonNode object = claims.payload().path("oid");
        return claims.has("roles")
                || (object.isTextual() && object.equals(claims.payload().path("sub")));
    }

    private Optional<String> clientApplication(Claims claims) throws RefusedException {
        Set<String> named = new HashSet<>();
        for (String claim : issuer.claims().clientApplication()) {
            claims.text(claim).map(IdentityReader::normalise).ifPresent(named::add);
        }
        if (named.size() > 1) {
            throw unacceptable("the token names more than one client application");
        }
        Optional<String> application = named.stream().findFirst();
        if (application.isPresent() && application.flatMap(DisplayText::of).isEmpty()) {
            throw unacceptable("the token names no client application in its place");
        }
        return application;
    }

    private static String normalise(String application) {
        return PrincipalId.isGuid(application) ? application.toLowerCase(Locale.ROOT) : application;
    }

    private static List<String> actorChain(Claims claims) throws RefusedException {
        List<String> actors = new ArrayList<>();
        JsonNode actor = claims.payload().path("act");
        while (!actor.isMissingNode()) {
            String name = firstVisible(actor, ACTOR_NAMES).orElse("");
            if (name.isEmpty() || actors.size() == MAX_ACTORS) {
                throw unacceptable("the token's chain of actors cannot be followed");
            }
            actors.add(name);
            actor = actor.path("act");
        }
        return List.copyOf(actors);
    }

    private static Optional<String> firstVisible(JsonNode object, List<String> names) {
        return names.stream()
                .map(object::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .flatMap(text -> DisplayText.of(text).stream())
                .findFirst();
    }

    private static RefusedException unacceptable(String sentence) {
        return RefusedException.of(Code.TOKEN_UNACCEPTABLE, sentence);
    }
}
