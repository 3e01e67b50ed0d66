package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import java.util.Objects;
import java.util.Optional;

/**
 * Why one requirement of a permitted operation holds.
 *
 * @param requirement the requirement
 * @param assignment the assignment that gives it. Of several, the one of the principal itself comes
 *     before those of groups, an item scope before the root, a role with fewer actions before one
 *     with more; the order of assignments in the snapshot never matters
 * @param viaGroup the group that holds the assignment; empty if the principal itself does
 */
public record Basis(
        BoundRequirement requirement, RoleAssignment assignment, Optional<PrincipalId> viaGroup) {

    /** Checks that nothing is missing. */
    public Basis {
        Objects.requireNonNull(requirement, "requirement");
        Objects.requireNonNull(assignment, "assignment");
        Objects.requireNonNull(viaGroup, "viaGroup");
    }
}
