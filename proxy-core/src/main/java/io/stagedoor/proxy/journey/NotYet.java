package io.stagedoor.proxy.journey;

/**
 * Says that the journey cannot be finished here and now, and what it lacks. It is then run again
 * from its beginning, with what it lacked.
 *
 * <p>It has no stack trace: on a cold start it happens with every request.
 */
public final class NotYet extends Exception {

    private static final long serialVersionUID = 1L;

    private final Lack lack;

    /** What is lacking. */
    public enum Lack {
        /** A stage would have to wait: run it on a thread that may. */
        TIME,
        /** The decision depends on the request body, which has not been read. */
        BODY
    }

    NotYet(Lack lack) {
        super(lack.name(), null, false, false);
        this.lack = lack;
    }

    /** Returns what is lacking. */
    public Lack lack() {
        return lack;
    }
}
