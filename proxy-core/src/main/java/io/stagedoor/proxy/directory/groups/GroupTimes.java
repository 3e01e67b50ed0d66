package io.stagedoor.proxy.directory.groups;

import java.time.Duration;

/**
 * How long the answers of a directory are good, and how long it is waited for.
 *
 * @param fresh an answer is used without asking again up to this age; it is asked for again ahead of
 *     that, when four fifths are over
 * @param maxAge an answer is used up to this age if no newer one can be had
 * @param patience how long one request waits for an answer
 * @param absent how long it is believed that the directory does not know a principal
 * @param held of how many principals answers are kept
 */
public record GroupTimes(
        Duration fresh, Duration maxAge, Duration patience, Duration absent, int held) {

    /** Checks that the times fit together. */
    public GroupTimes {
        if (!fresh.isPositive() || maxAge.compareTo(fresh) < 0) {
            throw new IllegalArgumentException("groups would be too old before they are old");
        }
        if (!patience.isPositive() || !absent.isPositive() || held < 1) {
            throw new IllegalArgumentException("a limit of keeping groups is not positive");
        }
    }

    /** Returns the age at which an answer is asked for again while it is used. */
    Duration ahead() {
        return fresh.multipliedBy(4).dividedBy(5);
    }
}
