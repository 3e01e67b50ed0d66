package io.stagedoor.proxy.operator;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.Operator;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who operates the proxy: principals by their own ids, and members of groups as the directory knows
 * them. Safe for any thread.
 */
public final class OperatorList {

    private final Set<PrincipalId> principals;
    private final Set<PrincipalId> groups;
    private final Supplier<Served> served;

    /** Makes the list. */
    public OperatorList(
            Set<PrincipalId> principals, Set<PrincipalId> groups, Supplier<Served> served) {
        this.principals = Set.copyOf(principals);
        this.groups = Set.copyOf(groups);
        this.served = served;
    }

    /** Returns whether there is nobody. */
    boolean isEmpty() {
        return principals.isEmpty() && groups.isEmpty();
    }

    /**
     * Returns the principal as an operator.
     *
     * @param label its name, for people to read
     * @throws AdminRefusal if it is none: 403, or 503 if only its unknown groups could tell
     */
    public Operator require(Principal principal, Optional<String> label) throws AdminRefusal {
        if (principals.contains(principal.id())
                || !Collections.disjoint(groups, groupsOf(principal))) {
            return new Operator(principal.id().toString(), label);
        }
        if (!groups.isEmpty() && principal.groups() instanceof GroupMembership.Unknown) {
            throw AdminRefusal.of(
                            503,
                            "groups_unknown",
                            "your groups are not known at present, and may make you an operator",
                            "try again shortly; a token with the groups claim tells them")
                    .with("Retry-After", "15");
        }
        throw AdminRefusal.of(
                403,
                "not_operator",
                "you are not an operator of this proxy",
                "ask to be added to `admin.operators` or to one of its groups");
    }

    private Set<PrincipalId> groupsOf(Principal principal) {
        Set<PrincipalId> known = new HashSet<>(Set.of(principal.id()));
        if (principal.groups() instanceof GroupMembership.Known(Set<PrincipalId> all, var _)) {
            known.addAll(all);
        }
        return served.get().groups().closureOf(known);
    }
}
