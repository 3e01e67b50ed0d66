package io.stagedoor.proxy.cli.demo;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One of the demo's callers, as their token describes them.
 *
 * @param name a single lower-case word, also the name of the token's file
 * @param clientApplication the id of the application that asks for the token
 * @param groups all groups the token names; empty means none, not unknown
 */
public record CastMember(
        String name,
        PrincipalId id,
        PrincipalKind kind,
        String clientApplication,
        List<PrincipalId> groups) {

    public CastMember {
        groups = List.copyOf(groups);
    }

    /**
     * Gives the claims of this member's token beside those the issuer sets itself, in the form of
     * Entra v2; {@code sub} differs from {@code oid}, as it does there.
     *
     * @param audience the value of {@code aud}
     */
    public Map<String, Object> claims(String audience) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("aud", audience);
        claims.put("oid", id.objectId());
        claims.put("azp", clientApplication);
        claims.put("groups", groups.stream().map(PrincipalId::objectId).toList());
        if (kind == PrincipalKind.SERVICE_PRINCIPAL) {
            claims.put("sub", id.objectId());
            claims.put("idtyp", "app");
        } else {
            claims.put("sub", UUID.nameUUIDFromBytes(bytesOf(id.objectId())).toString());
            claims.put("idtyp", "user");
            claims.put("scp", "user_impersonation");
            claims.put("preferred_username", name + "@demo.example");
            claims.put("name", name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        }
        return claims;
    }

    private static byte[] bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
