package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the journey needs of one configured service: a workspace, a factory or a site.
 *
 * @param root the root of the service's scopes
 * @param entrance whose tokens it takes
 * @param facts what its scopes depend on outside a request
 * @param operations what can be asked of it
 * @param names what path parameters that name the service itself must say
 */
public record Destination(
        Scope root, Entrance entrance, ScopeFacts facts, Operations operations, OwnNames names) {

    /** Returns the audiences that its route accepts; empty for all of the issuer's. */
    public Set<String> audiences() {
        return entrance.audiences();
    }

    /**
     * Whose tokens a service takes.
     *
     * @param audiences the audiences that its route accepts; empty for all of the issuer's
     * @param callers whom it lets in
     * @param stepUp how users must have signed in, if that matters
     */
    public record Entrance(Set<String> audiences, CallerRules callers, Optional<StepUp> stepUp) {

        /** Copies the audiences. */
        public Entrance {
            audiences = Set.copyOf(audiences);
        }
    }

    /**
     * What can be asked of a service.
     *
     * @param calls the documented calls of its platform
     * @param tunnels the operations that open a WebSocket
     */
    public record Operations(OperationCatalogue calls, OperationCatalogue tunnels) {}

    /** Tells the service's own names from those of others. */
    @FunctionalInterface
    public interface OwnNames {

        /**
         * Returns whether a path parameter may have this value: whether it does not name a service,
         * or names this one.
         */
        boolean accepts(String parameter, String value);

        /** Returns whether all parameters are accepted. */
        default boolean accept(Map<String, String> parameters) {
            return parameters.entrySet().stream()
                    .allMatch(each -> accepts(each.getKey(), each.getValue()));
        }
    }
}
