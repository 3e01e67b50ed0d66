package io.stagedoor.proxy.refresh;

import java.time.Duration;

/**
 * How a guard answers.
 *
 * @param answer what a refresh that is held back is answered
 * @param holdsWhenUnknown whether a check that does not tell holds it back
 * @param retryAfter when it is worth trying again
 */
public record GuardRules(Answer answer, boolean holdsWhenUnknown, Duration retryAfter) {

    /** What a refresh that is held back is answered. */
    public enum Answer {
        /** That there is a conflict, which clients take for a refresh that is queued. */
        CONFLICT,
        /** That the service is not available, which clients try again by themselves. */
        UNAVAILABLE
    }
}
