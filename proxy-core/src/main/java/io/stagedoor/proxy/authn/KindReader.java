package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells users, guests, applications and managed identities apart by the claims that are documented
 * for it.
 *
 * <p>{@code idtyp} says whether a user or an application asks, where Entra was asked for it. Without
 * it, a subject that is the client application is that application's own identity (RFC 9068, section
 * 2.2), delegated scopes are a user's, and app roles or a subject that is the object id are an
 * application's. A guest has {@code acct} 1, or an {@code idp} outside the tenant; a managed identity
 * names its resource in {@code xms_mirid}.
 *
 * @param issuer the issuer of the tokens
 */
record KindReader(TrustedIssuer issuer) {

    private static final int MEMBER = 0;
    private static final int GUEST = 1;

    PrincipalKind kindOf(Claims claims, Client client, TokenPermissions permissions)
            throws RefusedException {
        boolean delegated = !permissions.scopes().isEmpty();
        Optional<String> type = claims.text("idtyp");
        if (type.isPresent()) {
            return switch (type.get()) {
                case "user" -> user(claims);
                case "app" -> delegated ? PrincipalKind.UNKNOWN : application(claims);
                default -> PrincipalKind.UNKNOWN;
            };
        }
        if (isClientItself(claims, client)) {
            return application(claims);
        }
        if (delegated) {
            return user(claims);
        }
        return isOwnIdentity(claims) ? application(claims) : PrincipalKind.UNKNOWN;
    }

    private static boolean isClientItself(Claims claims, Client client) {
        JsonNode subject = claims.payload().path("sub");
        return subject.isTextual()
                && client.application().filter(subject.textValue()::equals).isPresent();
    }

    private static boolean isOwnIdentity(Claims claims) {
        JsonNode object = claims.payload().path("oid");
        return claims.has("roles")
                || (object.isTextual() && object.equals(claims.payload().path("sub")));
    }

    private static PrincipalKind application(Claims claims) throws RefusedException {
        return claims.text("xms_mirid").filter(resource -> !resource.isBlank()).isPresent()
                ? PrincipalKind.MANAGED_IDENTITY
                : PrincipalKind.SERVICE_PRINCIPAL;
    }

    private PrincipalKind user(Claims claims) throws RefusedException {
        boolean guest = claims.has("acct") ? isGuestAccount(claims) : isFromElsewhere(claims);
        return guest ? PrincipalKind.GUEST : PrincipalKind.USER;
    }

    private static boolean isGuestAccount(Claims claims) throws RefusedException {
        JsonNode account = claims.payload().path("acct");
        int status = account.isInt() ? account.intValue() : -1;
        if (status != MEMBER && status != GUEST) {
            throw Claims.malformed("acct");
        }
        return status == GUEST;
    }

    /** Entra names who signed the user in where that was not the tenant itself. */
    private boolean isFromElsewhere(Claims claims) throws RefusedException {
        Optional<String> provider = claims.text("idp");
        return switch (issuer.tenants()) {
            case TenantRule.Constant _ -> false;
            case TenantRule.FromClaim(String claim, var _) -> {
                String tenant = claims.text(claim).orElse("");
                yield provider.isPresent() && !isOfTenant(provider.get(), tenant);
            }
        };
    }

    private boolean isOfTenant(String provider, String tenant) {
        return provider.equals(issuer.issuer())
                || Arrays.asList(pathOf(provider).split("/", -1))
                        .contains(tenant.toLowerCase(Locale.ROOT));
    }

    private static String pathOf(String provider) {
        try {
            String path = URI.create(provider).getRawPath();
            return path == null ? "" : path.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
