package io.stagedoor.proxy.upstream;

/**
 * Why a connection ended before the response was complete.
 *
 * @param kind whose doing it was
 * @param reason what happened, for the log and the audit record; holds no request data
 */
public record ConnectionFailure(Kind kind, String reason) {

    /** Whose doing it was. */
    public enum Kind {
        /** The connection was lost. */
        LOST,
        /** What came was no response that can be trusted. */
        MALFORMED,
        /** It took too long. */
        OVERDUE
    }
}
