package io.stagedoor.proxy.audit.fact;

import java.time.Duration;
import java.util.Optional;

/**
 * What the upstream was asked and answered.
 *
 * @param host the configured name of the upstream
 * @param identity the identity it was called with, by kind and id; never the credential
 * @param status the status it answered with, if it did
 * @param requestId the upstream's own request id
 * @param traffic how many bytes went each way
 * @param duration from the first byte sent until the last byte seen
 * @param attempts how often it was tried to send the request; records of old do not say, and mean 1
 * @param failure what went wrong on the way, if something did
 */
public record UpstreamFacts(
        String host,
        String identity,
        Optional<Integer> status,
        Optional<String> requestId,
        Traffic traffic,
        Duration duration,
        int attempts,
        Optional<String> failure) {

    /**
     * Body bytes both ways.
     *
     * @param sent bytes to the upstream
     * @param received bytes from the upstream
     */
    public record Traffic(long sent, long received) {}
}
