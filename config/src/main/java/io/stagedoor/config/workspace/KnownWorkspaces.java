package io.stagedoor.config.workspace;

import java.util.Map;
import java.util.Optional;

/**
 * The workspaces that an access file may speak of.
 *
 * @param tenants each workspace's name with its tenant, which is missing if it could not be read
 * @param isComplete whether no other workspace may be spoken of
 */
public record KnownWorkspaces(Map<String, Optional<String>> tenants, boolean isComplete) {

    /** Copies the map. */
    public KnownWorkspaces {
        tenants = Map.copyOf(tenants);
    }

    /** Returns the knowledge of nothing: any workspace may be spoken of. */
    public static KnownWorkspaces unknown() {
        return new KnownWorkspaces(Map.of(), false);
    }
}
