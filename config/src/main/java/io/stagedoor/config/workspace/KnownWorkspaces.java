package io.stagedoor.config.workspace;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The workspaces that an access file may speak of.
 *
 * @param byName each workspace by its name
 * @param isComplete whether no other workspace may be spoken of
 */
public record KnownWorkspaces(Map<String, Known> byName, boolean isComplete) {

    /**
     * What is known of one workspace.
     *
     * @param tenant its tenant, unless that could not be read
     * @param countsDeclared whether role assignments of the access file count there
     */
    public record Known(Optional<String> tenant, boolean countsDeclared) {}

    /** Copies the map. */
    public KnownWorkspaces {
        byName = Map.copyOf(byName);
    }

    /** Returns the knowledge of nothing: any workspace may be spoken of. */
    public static KnownWorkspaces unknown() {
        return new KnownWorkspaces(Map.of(), false);
    }

    /** Returns the workspace of this name. */
    public Optional<Known> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns the tenant that all workspaces have in common, if they have one. */
    public Optional<String> commonTenant() {
        Set<Optional<String>> tenants =
                byName.values().stream().map(Known::tenant).collect(Collectors.toSet());
        return isComplete && tenants.size() == 1 ? tenants.iterator().next() : Optional.empty();
    }

    /** Returns whether every workspace's tenant is known, so that a missing one is a fault. */
    public boolean areTenantsKnown() {
        return isComplete && byName.values().stream().allMatch(it -> it.tenant().isPresent());
    }
}
