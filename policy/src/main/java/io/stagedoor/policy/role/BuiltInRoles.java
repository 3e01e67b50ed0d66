package io.stagedoor.policy.role;

import io.stagedoor.policy.scope.NameFold;
import java.util.List;
import java.util.Optional;

/**
 * The eleven built-in roles of Synapse RBAC with their exact actions, from {@code built-in.roles}.
 *
 * <p>The table follows recorded answers of the service, which differ from its documents in places.
 */
public final class BuiltInRoles {

    private static final RoleTable TABLE =
            RoleTable.parse(TextTable.ofResource("built-in.roles"), ActionTable.KNOWN);

    private BuiltInRoles() {}

    /** Returns all built-in roles in the order of their names. */
    public static List<RoleDefinition> all() {
        return TABLE.roles();
    }

    /** Returns the built-in role with this id, compared without case. */
    public static Optional<RoleDefinition> byId(String id) {
        return all().stream().filter(role -> NameFold.same(role.id(), id)).findFirst();
    }

    /** Returns the built-in role with this name or alias, compared without case. */
    public static Optional<RoleDefinition> byName(String name) {
        return Optional.ofNullable(TABLE.byName().get(NameFold.fold(name)));
    }
}
