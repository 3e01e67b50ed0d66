package io.stagedoor.config.place;

import io.stagedoor.policy.scope.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services that an access file may speak of.
 *
 * @param byRoot each service by the root of its scopes
 * @param isComplete whether no other service may be spoken of
 */
public record KnownServices(Map<Scope, Known> byRoot, boolean isComplete) {

    /**
     * What is known of one service.
     *
     * @param tenant its tenant, unless that could not be read
     * @param countsDeclared whether role assignments of the access file count there
     */
    public record Known(Optional<String> tenant, boolean countsDeclared) {}

    /** Copies the map. */
    public KnownServices {
        byRoot = Map.copyOf(byRoot);
    }

    /** Returns the knowledge of nothing: any service may be spoken of. */
    public static KnownServices unknown() {
        return new KnownServices(Map.of(), false);
    }

    /** Returns the service that a scope is in. */
    public Optional<Known> find(Scope scope) {
        return Optional.ofNullable(byRoot.get(scope.root()));
    }

    /** Returns the tenant that all services have in common, if they have one. */
    public Optional<String> commonTenant() {
        Set<Optional<String>> tenants =
                byRoot.values().stream().map(Known::tenant).collect(Collectors.toSet());
        return isComplete && tenants.size() == 1 ? tenants.iterator().next() : Optional.empty();
    }

    /** Returns whether every service's tenant is known, so that a missing one is a fault. */
    public boolean areTenantsKnown() {
        return isComplete && byRoot.values().stream().allMatch(it -> it.tenant().isPresent());
    }
}
