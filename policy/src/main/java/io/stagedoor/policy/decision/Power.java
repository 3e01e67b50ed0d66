package io.stagedoor.policy.decision;

import io.stagedoor.policy.role.ActionSet;
import io.stagedoor.policy.scope.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What assignments give: the (action, scope) pairs, for a root and some items below it.
 *
 * <p>What is given at the root is given at each item too, and at all items that are not listed.
 *
 * @param actions the actions at each scope of a list that begins with the root
 */
record Power(List<ActionSet> actions) {

    /** Less power first: fewer actions at the root, then fewer at the items. */
    static final Comparator<Power> ORDER =
            Comparator.comparingInt((Power power) -> power.actions().getFirst().size())
                    .thenComparingInt(
                            power -> power.actions().stream().mapToInt(ActionSet::size).sum());

    /** Copies the list. */
    Power {
        actions = List.copyOf(actions);
    }

    /** Returns what these actions at one of the scopes give. */
    static Power of(ActionSet actions, Scope at, List<Scope> scopes) {
        return new Power(
                scopes.stream().map(scope -> at.covers(scope) ? actions : ActionSet.NONE).toList());
    }

    Power union(Power other) {
        List<ActionSet> both = new ArrayList<>();
        for (int i = 0; i < actions.size(); i++) {
            both.add(actions.get(i).union(other.actions.get(i)));
        }
        return new Power(both);
    }

    /** Returns whether everything the other gives is given here. */
    boolean contains(Power other) {
        for (int i = 0; i < actions.size(); i++) {
            if (!actions.get(i).containsAll(other.actions.get(i))) {
                return false;
            }
        }
        return true;
    }
}
