package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The roles of a caller, for the call by which clients ask what they may do: upstream it would
 * describe the proxy's own identity (S58).
 */
final class OwnRoles {

    private OwnRoles() {}

    /**
     * Returns the ids of the role definitions that the principal, or a group of it, holds at the
     * workspace itself, which is all that the legacy call speaks of.
     */
    static List<String> of(AccessSnapshot snapshot, Principal principal) {
        Set<PrincipalId> holders = new HashSet<>();
        holders.add(principal.id());
        if (principal.groups() instanceof GroupMembership.Known known) {
            holders.addAll(known.groups());
        }
        holders.addAll(snapshot.groupGraph().closureOf(holders));
        return snapshot.assignments().stream()
                .filter(assignment -> holders.contains(assignment.principal()))
                .filter(assignment -> assignment.scope().equals(snapshot.root()))
                .map(RoleAssignment::roleDefinitionId)
                .distinct()
                .sorted()
                .toList();
    }
}
