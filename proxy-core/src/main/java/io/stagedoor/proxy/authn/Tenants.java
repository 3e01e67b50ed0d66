package io.stagedoor.proxy.authn;

import io.stagedoor.policy.principal.PrincipalId;

/** Brings tenant ids into the form in which principals hold them. */
final class Tenants {

    private static final String ANY = "any";

    private Tenants() {}

    /**
     * Returns the id as {@link PrincipalId} writes it.
     *
     * @throws IllegalArgumentException if it cannot be a tenant
     */
    static String normalise(String tenant) {
        return PrincipalId.of(tenant, ANY).tenant();
    }
}
