package io.stagedoor.proxy.trace;

import java.util.Optional;

/** The part of a trace that is the request to an upstream. Used by one thread at a time. */
public interface UpstreamTrace {

    /** The trace of a request to an upstream when tracing is off. */
    UpstreamTrace NONE = new UpstreamTrace() {};

    /**
     * The fields that tell the upstream of the trace (W3C Trace Context, sections 3.2 and 3.3).
     *
     * @param parent the value of {@code traceparent}
     * @param state the value of {@code tracestate}, if there is any
     */
    record Propagated(String parent, Optional<String> state) {}

    /** Returns what takes the place of the request's own trace fields; nothing leaves them. */
    default Optional<Propagated> propagated() {
        return Optional.empty();
    }

    /**
     * Ends the span.
     *
     * @param status the status of the upstream's answer, if there was one
     * @param outcome what became of the request: a word of the audit record
     */
    default void ended(Optional<Integer> status, String outcome) {}
}
