package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
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
 * numbers that the snapshot's table knows it and its groups by, and the guardrails that apply to it.
 */
final class Caller {

    private final Principal principal;
    private final int number;
    private final Set<PrincipalId> groups;
    private final int[] groupNumbers;
    private final List<Guardrail> guardrails;

    Caller(
            Principal principal,
            GroupGraph declared,
            RightsTable rights,
            GuardrailIndex guardrails) {
        this.principal = principal;
        this.number = rights.numberOf(principal.id());
        this.groups = allGroups(principal, declared);
        this.groupNumbers = numbersOf(groups, rights);
        this.guardrails =
                guardrails.applyingTo(principal.id(), groups, principal.clientApplication());
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
        return size == numbers.length ? numbers : Arrays.copyOf(numbers, size);
    }

    /** Returns whether this is the principal, with the very same groups. */
    boolean isOf(Principal other) {
        return principal.id().equals(other.id())
                && CallerMemo.areSame(principal.groups(), other.groups())
                && principal.clientApplication().equals(other.clientApplication());
    }

    /** Returns the principal itself. */
    PrincipalId id() {
        return principal.id();
    }

    /** Returns the number of the principal itself, or {@link Interner#ABSENT}. */
    int number() {
        return number;
    }

    /** Returns all groups that are known, from the principal's source and by declaration. */
    Set<PrincipalId> groups() {
        return groups;
    }

    /** Returns the numbers of those groups that hold anything; not to be changed. */
    int[] groupNumbers() {
        return groupNumbers;
    }

    /** Returns the first by name of those guardrails that apply to this one and refuse the operation. */
    Optional<Guardrail> refusing(BoundOperation operation) {
        for (Guardrail guardrail : guardrails) {
            if (!guardrail.allows(operation)) {
                return Optional.of(guardrail);
            }
        }
        return Optional.empty();
    }

    /** Returns whether the known groups are all there are. */
    boolean areGroupsKnown() {
        return switch (principal.groups()) {
            case GroupMembership.Known _ -> true;
            case GroupMembership.Unknown _ -> false;
        };
    }

    /** Returns the client application, if the principal came with one. */
    Optional<String> clientApplication() {
        return principal.clientApplication();
    }
}
