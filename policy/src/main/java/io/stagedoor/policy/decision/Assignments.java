package io.stagedoor.policy.decision;

import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The assignments of a snapshot, sorted into those that grant and those that cannot. */
final class Assignments {

    private final List<RoleAssignment> all;
    private final Map<String, RoleAssignment> byId = new HashMap<>();
    private final Map<String, RoleDefinition> definitions;
    private final List<Holding> holdings = new ArrayList<>();
    private final List<RoleAssignment> foreign = new ArrayList<>();
    private final List<RoleAssignment> assignableConflicts = new ArrayList<>();
    private final Set<String> unknownRoles = new TreeSet<>();

    Assignments(
            Scope root,
            Collection<RoleAssignment> assignments,
            Collection<RoleDefinition> definitions) {
        this.all = List.copyOf(assignments);
        this.definitions = Collections.unmodifiableMap(byRoleId(definitions));
        Map<String, Integer> numbers = new HashMap<>();
        this.definitions.keySet().forEach(role -> numbers.put(role, numbers.size()));
        for (RoleAssignment assignment : all) {
            keep(assignment);
            Integer number = numbers.get(assignment.roleDefinitionId());
            if (!root.covers(assignment.scope())) {
                foreign.add(assignment);
            } else if (number == null) {
                unknownRoles.add(assignment.roleDefinitionId());
            } else {
                hold(assignment, number);
            }
        }
    }

    private void keep(RoleAssignment assignment) {
        RoleAssignment other = byId.putIfAbsent(assignment.id(), assignment);
        if (other != null && !other.equals(assignment)) {
            throw new IllegalArgumentException(
                    "two different assignments have the id `"
                            + assignment.id()
                            + "`: from "
                            + other.source()
                            + " and from "
                            + assignment.source());
        }
    }

    private void hold(RoleAssignment assignment, int number) {
        RoleDefinition role = definitions.get(assignment.roleDefinitionId());
        if (role != null) {
            holdings.add(Holding.of(assignment, number, role));
            if (!role.assignableAt().contains(assignment.scope().type())) {
                assignableConflicts.add(assignment);
            }
        }
    }

    private static Map<String, RoleDefinition> byRoleId(Collection<RoleDefinition> definitions) {
        Map<String, RoleDefinition> byId = new TreeMap<>();
        for (RoleDefinition definition : definitions) {
            RoleDefinition other = byId.putIfAbsent(definition.id(), definition);
            if (other != null && !other.equals(definition)) {
                throw new IllegalArgumentException(
                        "two different roles have the id `"
                                + definition.id()
                                + "`: "
                                + other.name()
                                + " and "
                                + definition.name());
            }
        }
        return byId;
    }

    List<RoleAssignment> all() {
        return all;
    }

    Optional<RoleAssignment> byId(String id) {
        return id.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(byId.get(RoleAssignment.normalisedId(id)));
    }

    Map<String, RoleDefinition> definitions() {
        return definitions;
    }

    /** Returns the assignments of known roles at scopes of this root: those that grant. */
    List<Holding> holdings() {
        return Collections.unmodifiableList(holdings);
    }

    List<RoleAssignment> foreign() {
        return Collections.unmodifiableList(foreign);
    }

    List<RoleAssignment> assignableConflicts() {
        return Collections.unmodifiableList(assignableConflicts);
    }

    Set<String> unknownRoles() {
        return Collections.unmodifiableSet(unknownRoles);
    }
}
