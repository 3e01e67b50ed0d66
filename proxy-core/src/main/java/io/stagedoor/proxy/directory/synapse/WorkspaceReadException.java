package io.stagedoor.proxy.directory.synapse;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Says why something could not be read from a workspace.
 *
 * <p>The message is for operators (log, health): lower case, one line, without secrets, tokens or
 * bodies.
 */
public final class WorkspaceReadException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long retryAfterMillis;

    /** Makes the exception for a failure that says nothing of when to come back. */
    public WorkspaceReadException(String message) {
        this(message, Duration.ZERO);
    }

    /** Makes the exception for a workspace that asked for patience; zero means that it did not. */
    public WorkspaceReadException(String message, Duration retryAfter) {
        super(message);
        this.retryAfterMillis = retryAfter.toMillis();
    }

    /** Returns how long the workspace asked to be left alone, if it did. */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis > 0
                ? Optional.of(Duration.ofMillis(retryAfterMillis))
                : Optional.empty();
    }
}
