package io.stagedoor.proxy.audit.index;

import java.time.Instant;

/**
 * A span of time, both ends included, to the microsecond.
 *
 * @param from its beginning
 * @param to its end
 */
public record TimeRange(Instant from, Instant to) {
    /** Any time a record can have. */
    public static final TimeRange ALWAYS =
            new TimeRange(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));

    /** Tells whether a time is within the span. */
    boolean holds(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }
}
