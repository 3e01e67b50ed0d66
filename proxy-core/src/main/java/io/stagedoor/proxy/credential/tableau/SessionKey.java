package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose session it is, and what it may do: demands with the same key share a session.
 *
 * @param principal the caller; empty for a session that all share
 * @param userName the name that Tableau knows the caller by; empty with the principal
 * @param scopes the scopes of the session, sorted
 */
record SessionKey(Optional<PrincipalId> principal, String userName, List<String> scopes) {

    /** The key of the one session that all callers share. */
    static final SessionKey SHARED = new SessionKey(Optional.empty(), "", List.of());

    /** Returns the key of a caller's session with some scopes. */
    static SessionKey of(PrincipalId principal, String userName, Set<String> scopes) {
        return new SessionKey(Optional.of(principal), userName, scopes.stream().sorted().toList());
    }
}
