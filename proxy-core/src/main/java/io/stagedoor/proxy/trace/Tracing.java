package io.stagedoor.proxy.trace;

import java.util.List;
import java.util.function.Function;

/** Begins the trace of each exchange. Safe for any thread. */
@FunctionalInterface
public interface Tracing {

    /** Traces nothing, at no cost. */
    Tracing OFF = (_, _) -> ExchangeTrace.NONE;

    /**
     * Begins the trace of an exchange, as a part of the caller's trace if its fields are valid.
     *
     * @param method the request's method
     * @param fields returns all values of a request's field by its name in lower case
     */
    ExchangeTrace begin(String method, Function<String, List<String>> fields);
}
