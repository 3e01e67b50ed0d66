package io.stagedoor.policy.decision;

import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Remembers callers of one snapshot, so that the groups of one who asks often are looked up once.
 *
 * <p>Safe for any thread without locks: what is remembered is immutable, and whatever a race loses
 * is looked up again. Bounded: a newcomer takes the place of another.
 */
final class CallerMemo {
    private static final int PLACES = 1024;

    private final GroupGraph declared;
    private final RightsTable rights;
    private final GuardrailIndex guardrails;
    private final @Nullable Caller[] callers = new Caller[PLACES];

    CallerMemo(GroupGraph declared, RightsTable rights, GuardrailIndex guardrails) {
        this.declared = declared;
        this.rights = rights;
        this.guardrails = guardrails;
    }

    Caller of(Principal principal) {
        int hash = principal.id().hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Caller known = callers[place];
        if (known != null && known.isOf(principal)) {
            return known;
        }
        Caller caller = new Caller(principal, declared, rights, guardrails);
        callers[place] = caller;
        return caller;
    }

    /** Groups are the same only if they are one object: comparing them costs as much as looking up. */
    @SuppressWarnings("ReferenceEquality")
    static boolean areSame(GroupMembership one, GroupMembership other) {
        return switch (one) {
            case GroupMembership.Known(var groups) ->
                    other instanceof GroupMembership.Known(var others) && groups == others;
            case GroupMembership.Unknown() -> other instanceof GroupMembership.Unknown;
        };
    }
}
