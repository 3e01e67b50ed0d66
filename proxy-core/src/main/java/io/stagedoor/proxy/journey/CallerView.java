package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.CallerAccess;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.proxy.authn.VerifiedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the proxy sees of a caller.
 *
 * @param token what its token proves
 * @param principal who it is, with its groups
 * @param workspaces every workspace whose route accepts the token
 * @param at when this was so
 */
public record CallerView(
        VerifiedToken token, Principal principal, List<InWorkspace> workspaces, Instant at) {

    /** Copies the list. */
    public CallerView {
        workspaces = List.copyOf(workspaces);
    }

    /**
     * What is known of the caller in one workspace.
     *
     * @param workspace the workspace's configured name
     * @param known what decisions go by; empty if nothing is decided there at present
     */
    public record InWorkspace(String workspace, Optional<Known> known) {}

    /**
     * What decisions about a caller go by.
     *
     * @param snapshot the snapshot
     * @param access what it says of the caller
     */
    public record Known(AccessSnapshot snapshot, CallerAccess access) {}
}
