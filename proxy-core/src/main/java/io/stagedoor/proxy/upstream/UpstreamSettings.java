package io.stagedoor.proxy.upstream;

import io.stagedoor.proxy.upstream.endpoint.OutlierRules;
import io.stagedoor.proxy.upstream.limit.CircuitRules;
import java.time.Duration;
import java.util.Optional;

/**
 * How a service is connected to, and how much is asked of it.
 *
 * @param deadlines how long things may take
 * @param pool how many connections there are
 * @param retries how often an attempt is repeated
 * @param outliers when an endpoint is left alone
 * @param circuit when the service is left alone
 * @param check how endpoints are looked after, if they are
 * @param maxHeaderSize the largest head of a response, in octets
 */
public record UpstreamSettings(
        Deadlines deadlines,
        Pool pool,
        Retries retries,
        OutlierRules outliers,
        CircuitRules circuit,
        Optional<Check> check,
        int maxHeaderSize) {

    /**
     * How long things may take.
     *
     * @param connect connecting and the TLS handshake, each
     * @param response from the end of the request to the head of the answer
     * @param stall between two pieces of the answer, and until the service takes more of a request
     * @param total from the first attempt to the end of the answer; event streams have no end and
     *     are not bound by it
     */
    public record Deadlines(Duration connect, Duration response, Duration stall, Duration total) {}

    /**
     * How many connections there are.
     *
     * @param maxInUse how many may carry an exchange at a time
     * @param maxPending how many requests may wait for one of them
     * @param pendingTimeout how long each may wait
     * @param maxIdlePerLoop how many unused ones each event loop keeps
     * @param idleTimeout how long an unused one is kept
     */
    public record Pool(
            int maxInUse,
            int maxPending,
            Duration pendingTimeout,
            int maxIdlePerLoop,
            Duration idleTimeout) {}

    /**
     * How often an attempt is repeated.
     *
     * @param maxAttempts how often a request is attempted at most, the first time included
     * @param budget the most repeated attempts at a time, in percent of the exchanges under way
     */
    public record Retries(int maxAttempts, int budget) {}

    /**
     * How endpoints are looked after without a request of a client.
     *
     * @param path what is asked for by GET, without a credential; nothing: connecting is enough
     * @param status the status that is well
     * @param interval the time between two checks of an endpoint
     * @param timeout how long one may take
     * @param failures so many in a row take the endpoint out
     * @param successes so many in a row bring it back
     */
    public record Check(
            Optional<String> path,
            int status,
            Duration interval,
            Duration timeout,
            int failures,
            int successes) {}
}
