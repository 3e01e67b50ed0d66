package io.stagedoor.policy.operation;

import io.stagedoor.policy.role.Action;

/**
 * One action that an operation needs, and at which scope. An operation may need several: all must
 * hold (S4).
 *
 * @param action the action
 * @param scope where it must hold
 */
public record Requirement(Action action, ScopeRule scope) {

    /** Returns the catalogue's form: {@code artifacts/read @ root}. */
    @Override
    public String toString() {
        return action.shortName() + " @ " + scope;
    }
}
