package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import java.util.Set;

/**
 * What the journey needs of one configured workspace.
 *
 * @param root the workspace's root scope
 * @param audiences the audiences that its route accepts; empty for all of the issuer's
 * @param facts what its scopes depend on outside a request
 * @param tunnels the operations that open a WebSocket
 */
public record Workspace(
        Scope root, Set<String> audiences, ScopeFacts facts, OperationCatalogue tunnels) {

    /** Copies the audiences. */
    public Workspace {
        audiences = Set.copyOf(audiences);
    }
}
