package io.stagedoor.proxy.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * What an observer is told of an exchange when it has ended.
 *
 * @param ids by which it can be found elsewhere
 * @param route the route, when one matched
 * @param operation the catalogue name of the operation, when one was found
 * @param principal the principal as tenant and object id, when a token was accepted
 * @param code {@code permitted}, or the stable code of the refusal
 * @param status the status that the client was sent; 0 if it was gone before
 * @param duration from the head of the request to the end of the answer
 * @param jobId the first job id seen, when there was one
 */
public record ExchangeSummary(
        Ids ids,
        Optional<String> route,
        Optional<String> operation,
        Optional<String> principal,
        String code,
        int status,
        Duration duration,
        Optional<String> jobId) {

    /**
     * By which an exchange can be found elsewhere.
     *
     * @param request the id of the request and of its decision
     * @param trace the id of its trace, if it is traced
     */
    public record Ids(String request, Optional<String> trace) {}

    /** Returns the id of the request and of its decision. */
    public String requestId() {
        return ids.request();
    }
}
