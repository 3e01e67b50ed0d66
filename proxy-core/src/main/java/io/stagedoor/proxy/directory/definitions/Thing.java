package io.stagedoor.proxy.directory.definitions;

/**
 * A named thing of a workspace or factory.
 *
 * @param kind what it is
 * @param name its name, as it was written where it was named
 */
public record Thing(ThingKind kind, String name) {

    /** Returns kind and name, for example {@code dataset sales}. */
    @Override
    public String toString() {
        return kind.label() + " " + name;
    }
}
