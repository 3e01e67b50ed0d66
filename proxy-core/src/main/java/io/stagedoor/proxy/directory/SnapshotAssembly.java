package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an access snapshot together from what was read and what was declared.
 *
 * @param root the workspace
 * @param source which of the two count
 * @param maxAge how old the reading may become; a workspace that is never read does not age
 * @param filtersLists whether lists are narrowed to what callers may see
 */
record SnapshotAssembly(Scope root, SnapshotSource source, Duration maxAge, boolean filtersLists) {

    /**
     * Makes a snapshot; empty if the workspace has to be read first.
     *
     * @param live the last complete reading
     * @param now when the declarations are taken to be true
     */
    Optional<AccessSnapshot> assemble(
            Optional<LiveAssignments> live, Roles roles, Declared declared, Instant now) {
        if (source.isLive() && live.isEmpty()) {
            return Optional.empty();
        }
        List<RoleAssignment> assignments = merged(live, declared);
        AccessSnapshot.Builder builder =
                AccessSnapshot.builder(root)
                        .id(digest(assignments, roles, declared))
                        .takenAt(live.map(LiveAssignments::takenAt).orElse(now))
                        .assignments(assignments)
                        .definitions(roles.definitions())
                        .guardrails(declared.guardrails())
                        .groupGraph(declared.groups())
                        .filtersLists(filtersLists);
        return Optional.of((source.isLive() ? builder.maxAge(maxAge) : builder).build());
    }

    private List<RoleAssignment> merged(Optional<LiveAssignments> live, Declared declared) {
        List<RoleAssignment> merged = new ArrayList<>();
        live.ifPresent(reading -> merged.addAll(reading.assignments()));
        if (source.isDeclared()) {
            addDeclared(declared.assignmentsIn(root), merged);
        }
        return merged;
    }

    /**
     * Adds declared assignments. One that is live too, under the same id, is in already; one whose
     * id stands for something else in the workspace counts under an id of its own.
     */
    private static void addDeclared(List<RoleAssignment> declared, List<RoleAssignment> merged) {
        Map<String, RoleAssignment> byId = HashMap.newHashMap(merged.size());
        merged.forEach(assignment -> byId.put(assignment.id(), assignment));
        for (RoleAssignment assignment : declared) {
            RoleAssignment other = byId.get(assignment.id());
            if (other == null) {
                byId.put(assignment.id(), assignment);
                merged.add(assignment);
            } else if (!isSame(other, assignment)) {
                merged.add(underOwnId(assignment));
            }
        }
    }

    private static boolean isSame(RoleAssignment one, RoleAssignment other) {
        return one.roleDefinitionId().equals(other.roleDefinitionId())
                && one.principal().equals(other.principal())
                && one.scope().equals(other.scope());
    }

    private static RoleAssignment underOwnId(RoleAssignment declared) {
        return new RoleAssignment(
                declared.id() + "@" + declared.source(),
                declared.roleDefinitionId(),
                declared.principal(),
                declared.scope(),
                declared.source());
    }

    private String digest(List<RoleAssignment> all, Roles roles, Declared declared) {
        return new SnapshotDigest()
                .assignments(all)
                .definitions(roles.definitions())
                .digest(declared.digest())
                .filtersLists(filtersLists)
                .id();
    }
}
