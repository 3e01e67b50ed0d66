package io.stagedoor.config.place;

import io.stagedoor.policy.scope.Scope;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A service behind the proxy: a Synapse workspace, a data factory or a Tableau site. A request
 * reaches it by one of its host names, or by its path prefix on a host that no service has.
 *
 * @param place which service it is
 * @param tenant the GUID of the tenant it belongs to, where its role assignments live
 * @param hosts its host names in lower case; may be empty if there is a prefix. Factories may share
 *     theirs with other factories
 * @param pathPrefix the prefix taken off the path, without a slash at its end
 * @param upstream where its requests go
 * @param credential what is shown to the upstream
 * @param entrance whose tokens are taken here
 * @param assignments where its role assignments come from
 */
public record ServiceConfig(
        Place place,
        String tenant,
        Set<String> hosts,
        Optional<String> pathPrefix,
        UpstreamConfig upstream,
        CredentialConfig credential,
        EntranceConfig entrance,
        AssignmentsConfig assignments) {

    /** Copies the set, keeping its order. */
    public ServiceConfig {
        hosts = Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
    }

    /** Returns its name, which no other service has. */
    public String name() {
        return place.name();
    }

    /** Returns the root of its scopes. */
    public Scope root() {
        return place.root();
    }

    /** Returns the audiences accepted here, or none for all that the token's issuer may use. */
    public Set<String> audiences() {
        return entrance.audiences();
    }
}
