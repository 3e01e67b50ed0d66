package io.stagedoor.proxy.directory.definitions;

import java.util.List;
import java.util.Set;

/**
 * What one definition names: all that is kept of it.
 *
 * @param uses what it names, each once for each way in which it is named
 * @param holds what it defines itself, so that it need not be looked for elsewhere
 */
record Outline(List<Use> uses, Set<Thing> holds) {

    /** Copies both. */
    Outline {
        uses = List.copyOf(uses);
        holds = Set.copyOf(holds);
    }
}
