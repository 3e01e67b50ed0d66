package io.stagedoor.config.access;

import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an access file declares.
 *
 * @param assignments the role assignments, each with its place in the file as its source; the id of
 *     an assignment is a GUID made from role, principal and scope, so it stays the same wherever
 *     the assignment moves
 * @param memberOf each declared member with the groups it is directly in; groups may be members
 * @param guardrails the guardrails
 */
public record DeclaredAccess(
        List<RoleAssignment> assignments,
        Map<PrincipalId, Set<PrincipalId>> memberOf,
        List<Guardrail> guardrails) {

    /** Copies the parts. */
    public DeclaredAccess {
        assignments = List.copyOf(assignments);
        Map<PrincipalId, Set<PrincipalId>> copy = new LinkedHashMap<>();
        memberOf.forEach((member, groups) -> copy.put(member, Set.copyOf(groups)));
        memberOf = Collections.unmodifiableMap(copy);
        guardrails = List.copyOf(guardrails);
    }

    /** Returns the declaration of nothing. */
    public static DeclaredAccess none() {
        return new DeclaredAccess(List.of(), Map.of(), List.of());
    }
}
