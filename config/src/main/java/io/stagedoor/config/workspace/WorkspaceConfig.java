package io.stagedoor.config.workspace;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A Synapse workspace behind the proxy. A request reaches it by one of its host names, or by its
 * path prefix on a host that no workspace has.
 *
 * @param name its name in Azure, which is also the root of its scopes
 * @param tenant the GUID of the tenant it belongs to, where its role assignments live
 * @param hosts its host names in lower case; may be empty if there is a prefix
 * @param pathPrefix the prefix taken off the path, without a slash at its end
 * @param upstream where its requests go
 * @param credential what is shown to the upstream
 * @param entrance whose tokens are taken here
 * @param assignments where its role assignments come from
 */
public record WorkspaceConfig(
        String name,
        String tenant,
        Set<String> hosts,
        Optional<String> pathPrefix,
        UpstreamConfig upstream,
        CredentialConfig credential,
        EntranceConfig entrance,
        AssignmentsConfig assignments) {

    /** Copies the set, keeping its order. */
    public WorkspaceConfig {
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
    }

    /** Returns the audiences accepted here, or none for all that the token's issuer may use. */
    public Set<String> audiences() {
        return entrance.audiences();
    }
}
