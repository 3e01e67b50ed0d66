package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.ListFilter;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The items of a list that the holder of a permit may see, when it may not see all of them.
 *
 * <p>Immutable and safe for any thread; a question costs as much as a decision.
 */
public final class VisibleItems {

    private final ListFilter filter;
    private final Scope root;
    private final List<Predicate<Scope>> rights;

    private VisibleItems(ListFilter filter, Scope root, List<Predicate<Scope>> rights) {
        this.filter = filter;
        this.root = root;
        this.rights = rights;
    }

    /** Makes the items at which a caller holds all of these actions. */
    static VisibleItems of(
            ListFilter filter, AccessSnapshot snapshot, Caller caller, List<Action> actions) {
        List<Predicate<Scope>> rights = new ArrayList<>();
        for (Action action : actions) {
            rights.add(item -> holds(snapshot.rights(), caller, action, item));
        }
        return new VisibleItems(filter, snapshot.root(), List.copyOf(rights));
    }

    private static boolean holds(RightsTable rights, Caller caller, Action action, Scope item) {
        return rights.basisOf(caller, new BoundRequirement.At(action, item)).isPresent();
    }

    /** Returns those of these that the other includes too. */
    VisibleItems and(VisibleItems other) {
        List<Predicate<Scope>> both = new ArrayList<>(rights);
        both.addAll(other.rights);
        return new VisibleItems(filter, root, List.copyOf(both));
    }

    /** Returns where the items stand in the answer, and what their scopes are called. */
    public ListFilter filter() {
        return filter;
    }

    /** Returns whether the item with the scope of this name is among them; no odd name is. */
    public boolean includes(String name) {
        return scopeOf(name)
                .filter(item -> rights.stream().allMatch(right -> right.test(item)))
                .isPresent();
    }

    private Optional<Scope> scopeOf(String name) {
        try {
            return Optional.of(root.item(filter.kind(), name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "VisibleItems[" + filter + "]";
    }
}
