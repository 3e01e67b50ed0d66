package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.ListFilter;
import io.stagedoor.policy.role.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what meets the requirements of one operation; where a list may be narrowed, a right at some
 * item does in the place of the right at the root, and is remembered. For one decision.
 *
 * <p>If the groups are unknown nothing is narrowed: what they would give must not be missing from a
 * list that looks whole.
 */
final class Narrowing {

    private final AccessSnapshot snapshot;
    private final Caller caller;
    private final Optional<ListFilter> filter;
    private final List<Action> narrowed = new ArrayList<>(0);

    Narrowing(AccessSnapshot snapshot, Caller caller, BoundOperation operation) {
        this.snapshot = snapshot;
        this.caller = caller;
        this.filter =
                snapshot.filtersLists()
                        ? operation.operation().traits().filter()
                        : Optional.empty();
    }

    /** Returns why the caller meets the requirement; empty if it does not. */
    Optional<Basis> basisOf(BoundRequirement requirement) {
        return filter.isPresent() && isOfTheRoot(requirement)
                ? wholeOrPart(requirement)
                : snapshot.rights().basisOf(caller, requirement);
    }

    private static boolean isOfTheRoot(BoundRequirement requirement) {
        return switch (requirement) {
            case BoundRequirement.At at -> at.scope().isRoot();
            case BoundRequirement.Reached _ -> false;
            case BoundRequirement.Anywhere _ -> true;
        };
    }

    private Optional<Basis> wholeOrPart(BoundRequirement requirement) {
        Action action = requirement.action();
        Optional<Basis> whole = at(new BoundRequirement.At(action, snapshot.root()));
        if (whole.isPresent() || !caller.areGroupsKnown()) {
            return whole;
        }
        Optional<Basis> part = at(new BoundRequirement.Anywhere(action, snapshot.root()));
        if (part.isPresent()) {
            narrowed.add(action);
        }
        return part;
    }

    private Optional<Basis> at(BoundRequirement requirement) {
        return snapshot.rights().basisOf(caller, requirement);
    }

    /** Returns what may be seen, if that is not everything. */
    Optional<VisibleItems> visible() {
        return narrowed.isEmpty()
                ? Optional.empty()
                : filter.map(list -> VisibleItems.of(list, snapshot, caller, narrowed));
    }
}
