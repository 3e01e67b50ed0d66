package io.stagedoor.policy.role;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.scope.ScopeType;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A role: the actions that an assignment of it gives at its scope.
 *
 * @param id the id of the definition; a GUID is compared without case and kept in lower case
 * @param name the name as the service shows it
 * @param actions the data actions, with the role's own exceptions already taken out
 * @param assignableAt the scope types at which the role is meant to be assigned; an assignment
 *     elsewhere is evaluated as it is and reported as drift
 * @param builtIn whether the role comes with the service
 */
public record RoleDefinition(
        String id, String name, ActionSet actions, Set<ScopeType> assignableAt, boolean builtIn) {

    /**
     * Checks and normalises the parts.
     *
     * @throws IllegalArgumentException if the id or the name is blank
     */
    public RoleDefinition {
        id = normalisedId(id);
        if (name.isBlank()) {
            throw new IllegalArgumentException("the role `" + id + "` has no name");
        }
        Objects.requireNonNull(actions, "actions");
        assignableAt = Set.copyOf(assignableAt);
    }

    /** Returns the form of a role definition id in which equal ids are equal strings. */
    static String normalisedId(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a role definition id is blank");
        }
        return PrincipalId.isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }
}
