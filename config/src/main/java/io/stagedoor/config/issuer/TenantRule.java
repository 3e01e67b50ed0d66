package io.stagedoor.config.issuer;

import java.util.Set;

/** Which tenant the principals of an issuer belong to. No issuer speaks for all tenants. */
public sealed interface TenantRule {

    /**
     * The tenant stands in a claim and must be one of a list.
     *
     * @param claim the claim's name, {@code tid} for Entra
     * @param allowed the tenants' GUIDs in lower case, at least one
     */
    record FromClaim(String claim, Set<String> allowed) implements TenantRule {

        /** Copies the list. */
        public FromClaim {
            allowed = Set.copyOf(allowed);
        }
    }

    /**
     * All principals of the issuer belong to one tenant that no claim names (Okta, plain OIDC).
     *
     * @param tenant a GUID or the name of the issuer's directory
     */
    record Fixed(String tenant) implements TenantRule {}
}
