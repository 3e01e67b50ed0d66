package io.stagedoor.proxy.directory.synapse;

import java.util.Set;

/**
 * One role definition as the workspace lists it.
 *
 * @param id the role's GUID
 * @param name the role's name
 * @param builtIn whether the service defines it
 * @param dataActions the actions it gives, after {@code notDataActions} of the same permission were
 *     taken away; names as listed
 * @param scopes the scope templates it may be assigned at, as listed
 */
public record ListedRole(
        String id, String name, boolean builtIn, Set<String> dataActions, Set<String> scopes) {

    /** Copies the sets. */
    public ListedRole {
        dataActions = Set.copyOf(dataActions);
        scopes = Set.copyOf(scopes);
    }
}
