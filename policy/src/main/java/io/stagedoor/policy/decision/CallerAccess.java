package io.stagedoor.policy.decision;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a snapshot says of one principal, by the same groups and guardrails that decisions go by: to
 * be shown, never to decide by.
 *
 * @param roles what it holds, by itself and by its groups, in the order of scopes and roles
 * @param limits what narrows it, in the order of names
 */
public record CallerAccess(List<Role> roles, List<Limit> limits) {

    /** Copies the lists. */
    public CallerAccess {
        roles = List.copyOf(roles);
        limits = List.copyOf(limits);
    }

    /**
     * A role that is held.
     *
     * @param name the role's name
     * @param assignment the assignment that gives it
     * @param viaGroup the group that holds it; empty if the principal itself does
     */
    public record Role(String name, RoleAssignment assignment, Optional<PrincipalId> viaGroup) {}

    /**
     * A guardrail.
     *
     * @param name the guardrail's name
     * @param allowance what it leaves, in words
     * @param inDoubt whether it applies only because groups are unknown
     */
    public record Limit(String name, String allowance, boolean inDoubt) {}

    /** Finds out; takes time linear in the assignments of the snapshot. */
    public static CallerAccess of(AccessSnapshot snapshot, Principal principal) {
        Caller caller = snapshot.callerOf(principal);
        return new CallerAccess(roles(snapshot, caller), limits(snapshot, caller, principal));
    }

    private static List<Role> roles(AccessSnapshot snapshot, Caller caller) {
        return snapshot.assignments().stream()
                .filter(each -> isHeld(each, caller) && snapshot.root().covers(each.scope()))
                .flatMap(
                        each ->
                                snapshot
                                        .definitionOf(each)
                                        .map(role -> role(each, role, caller))
                                        .stream())
                .sorted(
                        Comparator.comparing((Role role) -> role.assignment().scope().text())
                                .thenComparing(Role::name)
                                .thenComparing(role -> role.assignment().id()))
                .toList();
    }

    private static boolean isHeld(RoleAssignment assignment, Caller caller) {
        return assignment.principal().equals(caller.id())
                || caller.groups().contains(assignment.principal());
    }

    private static Role role(RoleAssignment assignment, RoleDefinition role, Caller caller) {
        boolean own = assignment.principal().equals(caller.id());
        return new Role(
                role.name(),
                assignment,
                own ? Optional.empty() : Optional.of(assignment.principal()));
    }

    private static List<Limit> limits(AccessSnapshot snapshot, Caller caller, Principal principal) {
        Set<Guardrail> applying = new HashSet<>(caller.guardrails());
        boolean unknown = principal.groups() instanceof GroupMembership.Unknown;
        return snapshot.guardrails().stream()
                .filter(each -> applying.contains(each) || (unknown && !each.groups().isEmpty()))
                .map(each -> new Limit(each.name(), each.allowance(), !applying.contains(each)))
                .toList();
    }
}
