package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.introspection.IntrospectionSource;
import io.stagedoor.proxy.authn.keys.KeySource;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An issuer whose tokens are believed, and what they are believed about.
 *
 * @param name the configured name; also the directory name of groups that have no GUID
 * @param issuer the exact {@code iss} value, an {@code https} URL
 * @param keySource where its key set is fetched
 * @param rules what its tokens must be like
 * @param tenants how their tenant is found
 * @param claims which claims say who is asking
 * @param agents the client applications that are agents, by their ids, and the object id in the
 *     issuer's tenant of the principal that each of them is
 * @param introspection where its tokens are asked about; without it they are verified with its keys
 */
public record TrustedIssuer(
        String name,
        String issuer,
        KeySource keySource,
        TokenRules rules,
        TenantRule tenants,
        ClaimNames claims,
        Map<String, String> agents,
        Optional<IntrospectionSource> introspection) {

    /** Checks name and issuer, and ties the tenants to the one the issuer names, if any. */
    public TrustedIssuer {
        Tenants.normalise(name);
        requireIssuer(issuer);
        if (tenants instanceof TenantRule.FromClaim fromClaim) {
            tenants = fromClaim.within(issuer);
        }
        agents =
                agents.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        agent -> ClientReader.normalise(agent.getKey()),
                                        Map.Entry::getValue));
    }

    /** Makes an issuer whose tokens are verified with its keys, and that has no agents. */
    public TrustedIssuer(
            String name,
            String issuer,
            KeySource keySource,
            TokenRules rules,
            TenantRule tenants,
            ClaimNames claims) {
        this(name, issuer, keySource, rules, tenants, claims, Map.of(), Optional.empty());
    }

    /**
     * Returns the values that a published key's own {@code issuer} member may have: this issuer, or
     * Entra's template which the tenant turns into this issuer.
     */
    Set<String> keyIssuers() {
        return switch (tenants) {
            case TenantRule.Constant(String _) -> Set.of(issuer);
            case TenantRule.FromClaim(String _, Set<String> allowed) ->
                    Stream.concat(
                                    Stream.of(issuer),
                                    allowed.stream()
                                            .map(tenant -> issuer.replace(tenant, "{tenantid}")))
                            .collect(Collectors.toSet());
        };
    }

    private static void requireIssuer(String issuer) {
        URI uri = URI.create(issuer);
        boolean plain =
                "https".equals(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
        if (!plain) {
            throw new IllegalArgumentException(
                    "`" + issuer + "` is not an issuer: expected an https URL without a query");
        }
    }
}
