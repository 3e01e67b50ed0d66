package io.stagedoor.policy.role;

import java.util.List;
import java.util.Optional;

/**
 * One of the known actions of Synapse RBAC, such as {@code
 * Microsoft.Synapse/workspaces/pipelines/write}.
 *
 * <p>There is exactly one object for each action, so actions are compared by identity. Action
 * strings match as whole strings without case: there are no wildcards and no prefixes.
 */
public final class Action {

    /** What the names of all known actions begin with. */
    public static final String PREFIX = "Microsoft.Synapse/workspaces/";

    private final String name;
    private final int index;

    Action(String name, int index) {
        this.name = name;
        this.index = index;
    }

    /** Returns the action with this full name, compared without case; empty if it is not known. */
    public static Optional<Action> find(String name) {
        return ActionTable.KNOWN.find(name);
    }

    /**
     * Returns the action with this full name, compared without case.
     *
     * @throws IllegalArgumentException if it is not known
     */
    public static Action of(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    /**
     * Returns the action with this {@linkplain #shortName short name}, compared without case.
     *
     * @throws IllegalArgumentException if it is not known
     */
    public static Action ofShort(String shortName) {
        return find(PREFIX + shortName).orElseThrow(() -> unknown(shortName));
    }

    /** Returns {@code workspaces/read}, which holders of any role at any scope of a root have. */
    public static Action read() {
        return ActionTable.KNOWN.read();
    }

    /** Returns all known actions in the order of their index. */
    public static List<Action> all() {
        return ActionTable.KNOWN.actions();
    }

    /** Returns the full name. */
    public String name() {
        return name;
    }

    /** Returns the name without {@link #PREFIX}, for example {@code artifacts/read}. */
    public String shortName() {
        return name.substring(PREFIX.length());
    }

    /** Returns the place of this action in {@link #all}, from 0; it may change between releases. */
    public int index() {
        return index;
    }

    /** Returns the full name. */
    @Override
    public String toString() {
        return name;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("`" + name + "` is not a known action");
    }
}
