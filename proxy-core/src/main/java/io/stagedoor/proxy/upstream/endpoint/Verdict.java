package io.stagedoor.proxy.upstream.endpoint;

/** What one attempt says about the endpoint it went to. */
public enum Verdict {
    /** It answered, whatever it said. */
    ANSWERED,
    /** It answered that it cannot answer: 502, 503 or 504. */
    GATEWAY_FAILURE,
    /** There was no connection, or it ended before an answer began. */
    NO_ANSWER,
    /** The answer did not come in time, or broke off. */
    BROKEN_OFF;

    /** Returns the verdict on an answer's status. */
    public static Verdict of(int status) {
        return status >= 502 && status <= 504 ? GATEWAY_FAILURE : ANSWERED;
    }
}
