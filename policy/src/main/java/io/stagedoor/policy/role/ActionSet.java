package io.stagedoor.policy.role;

import java.util.Collection;
import java.util.List;

/**
 * An immutable set of known actions, held as bits.
 *
 * @param bits bit {@code i} is set if the action with index {@code i} is in the set
 */
public record ActionSet(long bits) {

    static final int CAPACITY = Long.SIZE;

    /** The set without any action. */
    public static final ActionSet NONE = new ActionSet(0);

    /**
     * Checks that only known actions are in the set.
     *
     * @throws IllegalArgumentException if a bit stands for no action
     */
    public ActionSet {
        int known = Action.all().size();
        if (known < CAPACITY && bits >>> known != 0) {
            throw new IllegalArgumentException("bits beyond the " + known + " known actions");
        }
    }

    /** Returns the set of all known actions. */
    public static ActionSet all() {
        return of(Action.all());
    }

    /** Returns the set of these actions. */
    public static ActionSet of(Collection<Action> actions) {
        long bits = 0;
        for (Action action : actions) {
            bits |= 1L << action.index();
        }
        return new ActionSet(bits);
    }

    /** Returns the set of these actions. */
    public static ActionSet of(Action... actions) {
        return of(List.of(actions));
    }

    /** Returns whether the action is in this set. */
    public boolean contains(Action action) {
        return (bits & (1L << action.index())) != 0;
    }

    /** Returns whether every action of the other set is in this one. */
    public boolean containsAll(ActionSet other) {
        return (other.bits & ~bits) == 0;
    }

    /** Returns the actions that are in this set or in the other. */
    public ActionSet union(ActionSet other) {
        return new ActionSet(bits | other.bits);
    }

    /** Returns the actions of this set that are not in the other. */
    public ActionSet minus(ActionSet other) {
        return new ActionSet(bits & ~other.bits);
    }

    /** Returns whether there is no action in this set. */
    public boolean isEmpty() {
        return bits == 0;
    }

    /** Returns the number of actions in this set. */
    public int size() {
        return Long.bitCount(bits);
    }

    /** Returns the actions in the order of their index. */
    public List<Action> actions() {
        return Action.all().stream().filter(this::contains).toList();
    }

    /** Returns the short names in brackets. */
    @Override
    public String toString() {
        return actions().stream().map(Action::shortName).toList().toString();
    }
}
