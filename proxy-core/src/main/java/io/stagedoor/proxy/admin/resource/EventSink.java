package io.stagedoor.proxy.admin.resource;

/** Takes events that a Tableau site sends. Safe for any thread; waits for nothing. */
@FunctionalInterface
public interface EventSink {

    /** What became of an event. */
    enum Taken {
        /** It was taken. */
        YES,
        /** There is no such site, or the sender does not know its secret. */
        STRANGER,
        /** It is no event. */
        MALFORMED,
        /** There are too many. */
        TOO_MANY
    }

    /**
     * Takes one.
     *
     * @param site the site's configured name, as the sender says
     * @param secret what the sender shows
     * @param document the event
     */
    Taken take(String site, String secret, byte[] document);
}
