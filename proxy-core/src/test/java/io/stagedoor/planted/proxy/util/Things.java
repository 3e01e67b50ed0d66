package io.stagedoor.planted.proxy.util;

/** A package without a subject, and a field that somebody else fills. */
public final class Things {
    @Inject private String name = "";

    /** Gives the name. */
    public String name() {
        return name;
    }

    /** Sets the name. */
    public void name(String other) {
        name = other;
    }
}
