package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import java.util.Optional;
import java.util.Set;

/**
 * What the journey needs of one configured workspace.
 *
 * @param root the workspace's root scope
 * @param entrance whose tokens it takes
 * @param facts what its scopes depend on outside a request
 * @param tunnels the operations that open a WebSocket
 */
public record Workspace(
        Scope root, Entrance entrance, ScopeFacts facts, OperationCatalogue tunnels) {

    /** Returns the audiences that its route accepts; empty for all of the issuer's. */
    public Set<String> audiences() {
        return entrance.audiences();
    }

    /**
     * Whose tokens a workspace takes.
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
}
