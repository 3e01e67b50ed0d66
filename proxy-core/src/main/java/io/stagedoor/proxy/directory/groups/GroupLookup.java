package io.stagedoor.proxy.directory.groups;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import java.util.List;
import java.util.Optional;

/** What is known of the groups of one directory's principals. Safe for any thread. */
public interface GroupLookup extends AutoCloseable {

    /**
     * Returns what is known now; never waits, and allocates nothing while that is fresh.
     *
     * @return empty if it is worth waiting by {@link #find}; unknown groups otherwise, if need be
     */
    Optional<GroupMembership> atHand(PrincipalId principal, PrincipalKind kind);

    /**
     * Returns what can be known, waiting for a bounded time. What is unknown then is unknown: no
     * answer is ever taken for "no groups".
     */
    GroupMembership find(PrincipalId principal, PrincipalKind kind);

    /** Returns whether the directory says that the principal may not be anybody any more. */
    default boolean isBarred(PrincipalId principal) {
        return false;
    }

    /** Forgets what is known of one principal, so that the next question asks the directory. */
    void forget(PrincipalId principal);

    /** Forgets what is known of everybody. */
    void forgetAll();

    /** Tries the directory out, and returns what was found by name; blocks. */
    default List<GroupFinding> examine() {
        return List.of();
    }

    /** Returns how the knowledge is doing. */
    GroupHealth health();

    /** Stops asking. */
    @Override
    void close();
}
