package io.stagedoor.proxy.authn;

import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;

/**
 * Who acts on behalf of a token's principal.
 *
 * @param chain the names in the token's {@code act} claim, the current actor first (RFC 8693, section
 *     4.1); those behind the first are for the record alone
 * @param acting the principals that act now, none of them the token's own: the current actor, and the
 *     agent that the client application is; usually nobody
 */
public record Actors(List<String> chain, List<PrincipalId> acting) {

    /** Copies the lists. */
    public Actors {
        chain = List.copyOf(chain);
        acting = List.copyOf(acting);
    }
}
