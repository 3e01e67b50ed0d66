package io.stagedoor.proxy.directory.groups;

import io.stagedoor.policy.principal.PrincipalId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Turns what another directory calls a group into the principals that hold assignments.
 *
 * <p>A group is a principal of its own directory by its id, and by its name if that has the form of
 * one; a name of GUID form is never taken for an id, so that nobody can name a group into being
 * another. What is mapped counts in addition.
 *
 * @param tenant the directory's name as a tenant
 * @param mapped for a group's name or id, the principals that its members count as members of
 */
public record GroupNames(String tenant, Map<String, Set<PrincipalId>> mapped) {

    /** Copies the map. */
    public GroupNames {
        mapped = Map.copyOf(mapped);
    }

    /** Returns the principals that a group stands for. */
    public Set<PrincipalId> of(String id, String name) {
        Set<PrincipalId> principals = new HashSet<>();
        add(id, principals);
        if (!PrincipalId.isGuid(name)) {
            add(name, principals);
        }
        principals.addAll(mapped.getOrDefault(id, Set.of()));
        principals.addAll(mapped.getOrDefault(name, Set.of()));
        return principals;
    }

    private void add(String text, Set<PrincipalId> principals) {
        try {
            principals.add(PrincipalId.of(tenant, text));
        } catch (IllegalArgumentException _) {
            // a name that is no identifier: it counts by what it is mapped to
        }
    }
}
