package io.stagedoor.proxy.gaps;

import java.time.Instant;
import java.util.Optional;

/**
 * One call that was refused since no catalogue permits it to anybody.
 *
 * @param call which call
 * @param count how often it was refused
 * @param last when last
 * @param example the request id of that last time, by which it can be explained
 */
public record Gap(Call call, long count, Instant last, String example) {

    /**
     * A call, with all that names a particular thing masked.
     *
     * @param service the service it was meant for
     * @param method the HTTP method
     * @param shape the path as it came, ids masked; of a catalogued operation its template
     * @param operation the catalogued operation that no role covers; empty for what is not catalogued
     */
    public record Call(String service, String method, String shape, Optional<String> operation) {}
}
