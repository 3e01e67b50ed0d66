package io.stagedoor.proxy.upstream;

import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import io.stagedoor.proxy.upstream.endpoint.Endpoints;
import io.stagedoor.proxy.upstream.endpoint.Verdict;
import io.stagedoor.proxy.upstream.limit.Circuit;
import io.stagedoor.proxy.upstream.limit.Slots;

/**
 * Keeps account of one service's exchanges: which are under way and what they said about their
 * endpoints. Safe for any thread.
 *
 * @param endpoints the service's addresses
 * @param circuit stops asking while nothing answers
 * @param slots bounds the connections in use
 */
record Lending(Endpoints endpoints, Circuit circuit, Slots slots) {

    /** A connection to this endpoint is about to be used; a slot was taken for it. */
    void begin(Endpoint endpoint) {
        endpoint.begin();
    }

    /** The connection is used no longer. */
    void end(Endpoint endpoint) {
        endpoint.end();
        slots.free();
    }

    /** An answer began. */
    void answered(Endpoint endpoint, int status) {
        circuit.answered();
        endpoints.report(endpoint, Verdict.of(status), System.nanoTime());
    }

    /** No connection came about, or it was lost before an answer began. */
    void unanswered(Endpoint endpoint) {
        long now = System.nanoTime();
        circuit.failed(now);
        endpoints.report(endpoint, Verdict.NO_ANSWER, now);
    }

    /** The answer did not come in time, or broke off. */
    void brokenOff(Endpoint endpoint) {
        endpoints.report(endpoint, Verdict.BROKEN_OFF, System.nanoTime());
    }
}
