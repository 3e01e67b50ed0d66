package io.stagedoor.proxy.directory.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Says why a service gave no usable answer.
 *
 * <p>The message is for operators (log, health): lower case, one line, without secrets, tokens or
 * bodies.
 */
public final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long retryAfterMillis;

    /** Why there is no answer. */
    public enum Reason {
        /** What was asked for does not exist there. */
        NOT_FOUND,
        /** It asked to be left alone for a while, and that is not over yet. */
        BUSY,
        /** It does not take the credential, or there is none. */
        UNAUTHORIZED,
        /** The credential is good, and lacks a permission. */
        FORBIDDEN,
        /** It was not reached, or did not answer in time, or answered that it is broken. */
        UNREACHABLE,
        /** It answered something that it never should. */
        UNUSABLE
    }

    /** Makes the exception for a failure that says nothing of when to come back. */
    public NoAnswerException(Reason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    /** Makes the exception for a service that asked for patience. */
    public NoAnswerException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfterMillis = retryAfter.toMillis();
    }

    /** Returns why there is no answer. */
    public Reason reason() {
        return reason;
    }

    /** Returns how long the service is to be left alone, if it is. */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis > 0
                ? Optional.of(Duration.ofMillis(retryAfterMillis))
                : Optional.empty();
    }
}
