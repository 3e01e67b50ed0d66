package io.stagedoor.proxy.audit.fact;

import java.util.Optional;

/**
 * What was asked, in words that hold for every protocol.
 *
 * @param id the request id, which is also the decision id the caller is told
 * @param route the route it came in by, when one matched
 * @param method the verb of the protocol, such as `POST`
 * @param path the normalised path template of the operation, or the decided path when no operation
 *     is known
 * @param operation the catalogue name of the operation, when there is one
 * @param stateChanging whether it may change anything upstream
 * @param resource what it is about, when that is known
 * @param client where it came from
 */
public record RequestFacts(
        String id,
        Optional<String> route,
        String method,
        String path,
        Optional<String> operation,
        boolean stateChanging,
        Optional<ResourceKey> resource,
        ClientFacts client) {

    /**
     * Where a request came from.
     *
     * @param address the peer address as text
     * @param userAgent what the client calls itself
     * @param requestId the client's own correlation id ({@code x-ms-client-request-id})
     */
    public record ClientFacts(
            String address, Optional<String> userAgent, Optional<String> requestId) {}
}
