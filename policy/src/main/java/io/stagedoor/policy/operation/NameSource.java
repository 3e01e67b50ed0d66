package io.stagedoor.policy.operation;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Where the name of a scope's item comes from. */
public sealed interface NameSource {

    /**
     * A fixed name.
     *
     * @param name the name, for example {@code WorkspaceSystemIdentity}
     */
    record Constant(String name) implements NameSource {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A segment of the request path.
     *
     * @param name the parameter's name in the path template
     */
    record PathParameter(String name) implements NameSource {
        @Override
        public String toString() {
            return "{" + name + "}";
        }
    }

    /**
     * The first of several look-ups that finds something. When none does, or the first finding is
     * not a plain name, the requirement is raised to the root scope (fail closed, S64).
     *
     * @param alternatives the look-ups in order; a later one is asked for only when all before it
     *     are absent; at least one
     */
    record Input(List<ScopeInput> alternatives) implements NameSource {
        /** Copies the list and refuses an empty one. */
        public Input {
            alternatives = List.copyOf(alternatives);
            if (alternatives.isEmpty()) {
                throw new IllegalArgumentException("an input needs at least one look-up");
            }
        }

        @Override
        public String toString() {
            return alternatives.stream().map(Object::toString).collect(joining(" else "));
        }
    }
}
