package io.stagedoor.policy.decision;

import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A smallest set of role assignments that would turn a denial into a permit.
 *
 * <p>Smallest means: no part can be left out, and no other set of assignments gives only some of
 * this one's (action, scope) pairs and would do.
 *
 * @param parts the assignments, all of which are needed
 */
public record MinimalGrant(List<Part> parts) {

    /**
     * One role at one scope, to be assigned to the principal that was denied or to a group of it.
     *
     * @param role the role
     * @param scope the scope, at which the role may be assigned
     */
    public record Part(RoleDefinition role, Scope scope) {

        /** Checks that nothing is missing. */
        public Part {
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(scope, "scope");
        }

        /** Returns {@code role at scope}. */
        public String text() {
            return role.name() + " at " + scope.text();
        }
    }

    /**
     * Copies the parts.
     *
     * @throws IllegalArgumentException if there are none
     */
    public MinimalGrant {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a grant of nothing changes nothing");
        }
    }

    /** Returns the parts in words, joined by {@code and}. */
    public String text() {
        return parts.stream().map(Part::text).collect(Collectors.joining(" and "));
    }
}
