package io.stagedoor.proxy.authn;

import java.util.Set;

/**
 * What a token's own words permit at its audience. They give no right here; a workspace may demand
 * one of them before it looks at any.
 *
 * @param scopes the delegated scopes (the claims scp and scope), each a whole token of the claim
 * @param roles the app roles (the claim of this name), each a whole element of the claim
 */
public record TokenPermissions(Set<String> scopes, Set<String> roles) {

    /** Copies both sets. */
    public TokenPermissions {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }
}
