package io.stagedoor.proxy.directory.definitions;

import java.util.List;
import java.util.Optional;

/**
 * That a definition names a thing.
 *
 * @param kind what is named
 * @param name its name; empty if only a run tells it, since an expression stands there
 * @param steps which activities name it, from outside in; empty if the definition itself does
 * @param given what the activity says itself and so takes from nowhere else
 */
record Use(ThingKind kind, Optional<String> name, List<String> steps, Given given) {

    /** What an activity may say in place of the definitions it uses. */
    enum Given {
        /** Nothing. */
        NOTHING,
        /** The integration runtime: that of its linked services is not used. */
        RUNTIME,
        /** The Spark pool: that of its notebook or job definition is not used. */
        POOL
    }

    /** Copies the steps. */
    Use {
        steps = List.copyOf(steps);
    }

    /** Makes the use of a thing by a definition itself. */
    static Use of(ThingKind kind, String name) {
        return new Use(kind, Optional.of(name), List.of(), Given.NOTHING);
    }

    /** Returns the words for what is used, for example {@code dataset sales}. */
    String label() {
        return name.map(text -> new Thing(kind, text).toString())
                .orElse(kind.label() + " that only the run tells");
    }
}
