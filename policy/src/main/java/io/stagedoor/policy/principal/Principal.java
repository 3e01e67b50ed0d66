package io.stagedoor.policy.principal;

import java.util.Objects;
import java.util.Optional;

/**
 * Who asks: a principal, the client application it came with, and the groups it is in.
 *
 * @param id the key of the principal
 * @param kind what sort of principal it is; no right follows from it
 * @param clientApplication the application id ({@code appid} or {@code azp}) of the token; it adds
 *     no right, and guardrails may narrow by it
 * @param groups the groups of the principal, or that they are unknown
 */
public record Principal(
        PrincipalId id,
        PrincipalKind kind,
        Optional<String> clientApplication,
        GroupMembership groups) {

    /** Checks that nothing is missing. */
    public Principal {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(clientApplication, "clientApplication");
        Objects.requireNonNull(groups, "groups");
    }
}
