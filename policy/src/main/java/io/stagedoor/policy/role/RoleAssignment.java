package io.stagedoor.policy.role;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.scope.Scope;
import java.util.Locale;
import java.util.Objects;

/**
 * A role assigned to a principal at a scope.
 *
 * @param id the id of the assignment; a GUID is compared without case and kept in lower case
 * @param roleDefinitionId the id of the role, normalised in the same way
 * @param principal the user, service principal, managed identity or group that holds the role
 * @param scope where the role holds
 * @param source where the assignment was read: {@code live}, or a place such as {@code
 *     access.yaml:12:3}
 */
public record RoleAssignment(
        String id, String roleDefinitionId, PrincipalId principal, Scope scope, String source) {

    /**
     * Checks and normalises the parts.
     *
     * @throws IllegalArgumentException if an id is blank
     */
    public RoleAssignment {
        id = normalisedId(id);
        roleDefinitionId = RoleDefinition.normalisedId(roleDefinitionId);
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(source, "source");
    }

    /** Returns the form of an assignment id in which equal ids are equal strings. */
    public static String normalisedId(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a role assignment id is blank");
        }
        return PrincipalId.isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }
}
