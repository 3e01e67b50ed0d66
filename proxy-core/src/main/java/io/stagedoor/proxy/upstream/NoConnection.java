package io.stagedoor.proxy.upstream;

import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import java.util.Optional;

/**
 * Why there is no connection; nothing was sent.
 *
 * @param cause what kept it from being made
 * @param reason what happened, for the log and the audit record
 * @param endpoint where it was tried, if it was
 */
public record NoConnection(Cause cause, String reason, Optional<Endpoint> endpoint) {

    /** What kept a connection from being made. */
    public enum Cause {
        /** It was tried, and failed. */
        FAILED,
        /** The service has not answered for a while, so it was not tried. */
        CIRCUIT_OPEN,
        /** As many are in use, and as many requests wait, as may. */
        SATURATED
    }
}
