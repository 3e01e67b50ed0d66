package io.stagedoor.policy.decision;

import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A principal as one snapshot sees it: with the groups that follow from declared nesting, and the
 * numbers that the snapshot's table knows it and its groups by.
 *
 * @param id the principal itself
 * @param number its number, or {@link Interner#ABSENT}
 * @param groups all groups that are known, by token and by declaration
 * @param groupNumbers the numbers of those groups that hold anything
 * @param groupsKnown whether the groups are all there are
 * @param clientApplication the client application, if the token names one
 */
record Caller(
        PrincipalId id,
        int number,
        Set<PrincipalId> groups,
        int[] groupNumbers,
        boolean groupsKnown,
        Optional<String> clientApplication) {

    static Caller of(Principal principal, GroupGraph declared, RightsTable rights) {
        boolean known = principal.groups() instanceof GroupMembership.Known;
        Set<PrincipalId> groups = allGroups(principal, declared);
        return new Caller(
                principal.id(),
                rights.numberOf(principal.id()),
                groups,
                numbersOf(groups, rights),
                known,
                principal.clientApplication());
    }

    private static Set<PrincipalId> allGroups(Principal principal, GroupGraph declared) {
        Set<PrincipalId> own =
                switch (principal.groups()) {
                    case GroupMembership.Known(Set<PrincipalId> groups) -> groups;
                    case GroupMembership.Unknown() -> Set.of();
                };
        if (declared.isEmpty()) {
            return own;
        }
        List<PrincipalId> all = new ArrayList<>(own);
        all.add(principal.id());
        return declared.closureOf(all);
    }

    private static int[] numbersOf(Set<PrincipalId> groups, RightsTable rights) {
        int[] numbers = new int[groups.size()];
        int size = 0;
        for (PrincipalId group : groups) {
            int number = rights.numberOf(group);
            if (number != Interner.ABSENT) {
                numbers[size++] = number;
            }
        }
        return Arrays.copyOf(numbers, size);
    }
}
