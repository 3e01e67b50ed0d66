package io.stagedoor.policy.operation;

import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.Scope;
import java.util.List;

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

    /**
     * The action at a scope, or at one that covers it, since what the request starts uses the thing
     * there (S60).
     *
     * @param action the action
     * @param scope the scope
     * @param path how the thing is reached, from what is started to the thing, for example {@code
     *     pipeline daily}, {@code activity Copy1}, {@code linked service lake}
     */
    record Reached(Action action, Scope scope, List<String> path) implements BoundRequirement {
        /** Copies the path. */
        public Reached {
            path = List.copyOf(path);
        }

        /** Returns the path as one line, its steps joined by {@code >}. */
        public String pathText() {
            return String.join(" > ", path);
        }

        @Override
        public String toString() {
            return action.shortName() + " @ " + scope.text() + " (" + pathText() + ")";
        }
    }
}
