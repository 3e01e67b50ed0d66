package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What was declared about access, for all workspaces together.
 *
 * <p>Role assignments count in the workspace they are at, if its {@linkplain SnapshotSource source}
 * includes declarations; memberships and guardrails count in every workspace. Immutable.
 */
public final class Declared {

    private final List<RoleAssignment> assignments;
    private final GroupGraph groups;
    private final List<Guardrail> guardrails;
    private final String digest;

    private Declared(
            List<RoleAssignment> assignments,
            Map<PrincipalId, ? extends Collection<PrincipalId>> memberOf,
            List<Guardrail> guardrails) {
        this.assignments = List.copyOf(assignments);
        this.groups = GroupGraph.of(memberOf);
        this.guardrails = List.copyOf(guardrails);
        this.digest = new SnapshotDigest().memberships(memberOf).guardrails(guardrails).id();
    }

    /**
     * Makes the value.
     *
     * @param assignments role assignments, each with an id of its own
     * @param memberOf for each member, a group or not, the groups it is directly in
     * @param guardrails what narrows
     */
    public static Declared of(
            List<RoleAssignment> assignments,
            Map<PrincipalId, ? extends Collection<PrincipalId>> memberOf,
            List<Guardrail> guardrails) {
        return new Declared(assignments, memberOf, guardrails);
    }

    /** Returns the value that declares nothing. */
    public static Declared nothing() {
        return new Declared(List.of(), Map.of(), List.of());
    }

    /** Returns the assignments at scopes of one workspace. */
    List<RoleAssignment> assignmentsIn(Scope root) {
        return assignments.stream().filter(a -> root.covers(a.scope())).toList();
    }

    GroupGraph groups() {
        return groups;
    }

    List<Guardrail> guardrails() {
        return guardrails;
    }

    /** Returns a digest of memberships and guardrails, which are the same in every workspace. */
    String digest() {
        return digest;
    }
}
