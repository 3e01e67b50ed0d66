package io.stagedoor.proxy.testing.tableau;

import java.util.List;

/**
 * Whose session it is.
 *
 * @param name the user's name
 * @param id the user's LUID
 * @param scopes what the session may do; empty for everything, as with an access token
 */
public record TableauCaller(String name, String id, List<String> scopes) {

    /** Returns whether the session may do what needs this scope. */
    public boolean may(String scope) {
        return scopes.isEmpty() || scopes.contains(scope);
    }
}
