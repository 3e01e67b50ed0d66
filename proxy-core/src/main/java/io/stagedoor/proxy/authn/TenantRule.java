package io.stagedoor.proxy.authn;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How the tenant of an issuer's tokens is found. */
public sealed interface TenantRule {

    /**
     * A claim names the tenant, and it must be one of these.
     *
     * @param claim the claim, {@code tid} in Entra's tokens
     * @param allowed the tenant ids; GUIDs are compared without case
     */
    record FromClaim(String claim, Set<String> allowed) implements TenantRule {

        /** Normalises the ids and checks that there is one. */
        public FromClaim {
            allowed = allowed.stream().map(Tenants::normalise).collect(Collectors.toSet());
            allowed = Set.copyOf(allowed);
            if (allowed.isEmpty()) {
                throw new IllegalArgumentException("no tenant is allowed");
            }
        }

        /**
         * Returns the rule for tokens of one issuer: where the issuer's own path names one of the
         * tenants, as Entra's do, only that one is left, since an issuer speaks for its own tenant.
         */
        FromClaim within(String issuer) {
            Set<String> segments =
                    Arrays.stream(issuer.split("/"))
                            .map(segment -> segment.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toSet());
            Set<String> own =
                    allowed.stream()
                            .filter(tenant -> segments.contains(tenant.toLowerCase(Locale.ROOT)))
                            .collect(Collectors.toSet());
            return own.isEmpty() ? this : new FromClaim(claim, own);
        }
    }

    /**
     * All tokens belong to one directory, whose name is configured.
     *
     * @param tenant the name
     */
    record Constant(String tenant) implements TenantRule {

        /** Checks that the name can be part of a principal's id. */
        public Constant {
            tenant = Tenants.normalise(tenant);
        }
    }

    /** Returns the rule of Entra: the claim {@code tid} is one of these tenants. */
    static TenantRule entra(Set<String> tenants) {
        return new FromClaim("tid", tenants);
    }
}
