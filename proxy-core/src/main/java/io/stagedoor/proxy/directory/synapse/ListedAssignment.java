package io.stagedoor.proxy.directory.synapse;

import java.util.Objects;

/**
 * One role assignment exactly as the workspace lists it; nothing is checked or interpreted but that
 * the four texts are there.
 *
 * @param id the assignment's id, a GUID that its creator chose
 * @param roleDefinitionId the role: a GUID, or a path that ends in one
 * @param principalId the Entra object id of a user, group or service principal
 * @param scope the scope text
 */
public record ListedAssignment(
        String id, String roleDefinitionId, String principalId, String scope) {

    /** Checks that all parts are there. */
    public ListedAssignment {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(roleDefinitionId, "roleDefinitionId");
        Objects.requireNonNull(principalId, "principalId");
        Objects.requireNonNull(scope, "scope");
    }
}
