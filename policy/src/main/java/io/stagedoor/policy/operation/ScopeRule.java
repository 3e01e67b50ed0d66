package io.stagedoor.policy.operation;

import io.stagedoor.policy.scope.ItemType;

/** At which scope a requirement must hold. */
public sealed interface ScopeRule {

    /** At the root scope of the request's workspace. */
    record AtRoot() implements ScopeRule {
        @Override
        public String toString() {
            return "root";
        }
    }

    /**
     * At any scope of the workspace: any assignment with the action, wherever it sits, is enough
     * (S14; {@code workspaces/read} only).
     */
    record Anywhere() implements ScopeRule {
        @Override
        public String toString() {
            return "any";
        }
    }

    /**
     * At an item of the workspace.
     *
     * @param type the kind of item
     * @param name where its name comes from
     */
    record AtItem(ItemType type, NameSource name) implements ScopeRule {
        @Override
        public String toString() {
            return type.segment()
                    + "/"
                    + switch (name) {
                        case NameSource.Input input -> "[" + input + " else root]";
                        case NameSource.Constant _, NameSource.PathParameter _ -> name.toString();
                    };
        }
    }

    /**
     * At a scope that comes whole from outside the path.
     *
     * @param input the look-up that gives the scope
     * @param whenAbsent what holds when the look-up finds nothing
     */
    record AtScope(ScopeInput input, WhenAbsent whenAbsent) implements ScopeRule {
        @Override
        public String toString() {
            return "[" + input + whenAbsent.suffix + "]";
        }
    }

    /** What holds when a scope was looked for and there is none. */
    enum WhenAbsent {
        /** The request is refused: it does not say what it must say. */
        REFUSE(""),
        /** The action is required at the root scope (fail closed). */
        ROOT(" else root"),
        /** Nothing is required: only an existing assignment has an old scope to check (S44). */
        NOTHING(" else nothing");

        private final String suffix;

        WhenAbsent(String suffix) {
            this.suffix = suffix;
        }
    }
}
