package io.stagedoor.proxy.trace;

import java.util.Optional;

/**
 * The trace of one exchange. Every method returns at once; used by one thread at a time.
 *
 * <p>An exchange that is not traced has {@link #NONE}: its request goes on with the trace fields it
 * came with.
 */
public interface ExchangeTrace {

    /** The trace of an exchange when tracing is off. */
    ExchangeTrace NONE = new ExchangeTrace() {};

    /**
     * How an exchange ended, in words with a bounded number of values but for the id.
     *
     * @param decisionId the id under which the decision is recorded
     * @param route the route, or {@code none}
     * @param operation the catalogue name of the operation, or {@code none}
     * @param code {@code permitted}, or the stable code of the refusal
     * @param status the status that the client was sent; 0 if it was gone before
     */
    record Ending(String decisionId, String route, String operation, String code, int status) {}

    /** Returns the trace id, 32 hexadecimal digits, if there is a trace. */
    default Optional<String> traceId() {
        return Optional.empty();
    }

    /**
     * Begins the request to the upstream.
     *
     * @param host the upstream's configured host name
     */
    default UpstreamTrace toUpstream(String host, String method) {
        return UpstreamTrace.NONE;
    }

    /** Ends the span of the exchange. */
    default void ended(Ending ending) {}
}
