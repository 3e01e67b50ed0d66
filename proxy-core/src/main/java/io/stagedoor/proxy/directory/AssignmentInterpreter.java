package io.stagedoor.proxy.directory;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.synapse.AssignmentListing;
import io.stagedoor.proxy.directory.synapse.ListedAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns listed assignments into role assignments of the model.
 *
 * <p>An assignment whose scope or principal is not well formed, or whose scope is of another
 * workspace, grants nothing (S23) and is named in the outcome. A role that nobody knows is kept: the
 * snapshot knows that it grants nothing (S7). The type of a principal is never looked at.
 */
final class AssignmentInterpreter {

    static final String SOURCE = "live";

    private final Scope root;
    private final String tenant;

    /** For one reading: equal texts become one object, since thousands share a scope. */
    private final Map<String, Scope> scopes = new HashMap<>();

    private final Map<String, PrincipalId> principals = new HashMap<>();
    private final Map<String, String> roles = new HashMap<>();

    AssignmentInterpreter(Scope root, String tenant) {
        this.root = root;
        this.tenant = tenant;
    }

    LiveAssignments interpret(AssignmentListing listing) {
        List<RoleAssignment> understood = new ArrayList<>(listing.assignments().size());
        List<String> malformed = new ArrayList<>();
        for (ListedAssignment listed : listing.assignments()) {
            try {
                understood.add(assignment(listed));
            } catch (IllegalArgumentException reason) {
                malformed.add("`" + listed.id() + "`: " + reason.getMessage());
            }
        }
        return new LiveAssignments(
                listing.requestedAt(), understood, malformed, listing.pages(), listing.repeated());
    }

    private RoleAssignment assignment(ListedAssignment listed) {
        return new RoleAssignment(
                listed.id(),
                roles.computeIfAbsent(listed.roleDefinitionId(), AssignmentInterpreter::role),
                principals.computeIfAbsent(listed.principalId(), this::principal),
                scopes.computeIfAbsent(listed.scope(), this::scope),
                SOURCE);
    }

    private Scope scope(String text) {
        Scope scope = Scope.parse(text);
        if (!root.covers(scope)) {
            throw new IllegalArgumentException(
                    "scope `" + text + "` is not of `" + root.text() + "`");
        }
        return scope;
    }

    private PrincipalId principal(String objectId) {
        if (!PrincipalId.isGuid(objectId)) {
            throw new IllegalArgumentException(
                    "principal `" + objectId + "` is not the object id of one: expected a GUID");
        }
        return PrincipalId.of(tenant, objectId);
    }

    /** Returns what follows the last slash: the service has been seen to answer both forms. */
    private static String role(String roleDefinitionId) {
        return roleDefinitionId.substring(roleDefinitionId.lastIndexOf('/') + 1);
    }
}
