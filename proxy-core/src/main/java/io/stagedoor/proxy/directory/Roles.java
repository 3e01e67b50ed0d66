package io.stagedoor.proxy.directory;

import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import java.util.List;

/**
 * The role definitions in use, and how they differ from those this release knows.
 *
 * @param definitions the definitions
 * @param origin where they come from
 * @param differences in words, one for each difference from the built-in roles and each part of the
 *     live list that is not understood; empty for the built-in roles themselves
 */
record Roles(List<RoleDefinition> definitions, Origin origin, List<String> differences) {

    /** Where role definitions come from. */
    enum Origin {
        LIVE,
        BUILT_IN
    }

    static final Roles BUILT_IN = new Roles(BuiltInRoles.all(), Origin.BUILT_IN, List.of());

    Roles {
        definitions = List.copyOf(definitions);
        differences = List.copyOf(differences);
    }
}
