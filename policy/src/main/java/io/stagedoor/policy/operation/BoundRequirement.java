package io.stagedoor.policy.operation;

import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.Scope;

/** One requirement of a particular request: an action, and the exact scope it must hold at. */
public sealed interface BoundRequirement {

    /** Returns the action that is required. */
    Action action();

    /**
     * The action at a scope, or at one that covers it.
     *
     * @param action the action
     * @param scope the scope
     */
    record At(Action action, Scope scope) implements BoundRequirement {
        @Override
        public String toString() {
            return action.shortName() + " @ " + scope.text();
        }
    }

    /**
     * The action at any scope of a workspace (S14). The service writes this scope {@code
     * workspaces/w/*}.
     *
     * @param action the action
     * @param root the root scope of the workspace
     */
    record Anywhere(Action action, Scope root) implements BoundRequirement {
        @Override
        public String toString() {
            return action.shortName() + " @ " + root.text() + "/*";
        }
    }
}
