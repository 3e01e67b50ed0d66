package io.stagedoor.proxy.authn.keys;

import java.time.Duration;

/**
 * How often key sets are fetched, and how long they are good for.
 *
 * @param coolDown how long after a fetch no unknown key id causes another one
 * @param pauseAfterFailure how long after a failed fetch no other is tried while there are no usable
 *     keys at all
 * @param refreshAfter the age at which a key set is renewed in the background; it is also the longest
 *     time for which a key that its issuer has withdrawn is still taken
 * @param maxAge the age at which a key set that could not be renewed is no longer used
 * @param fetchLimit how long one fetch may take in all, from name look-up to last octet
 */
public record KeySetTimes(
        Duration coolDown,
        Duration pauseAfterFailure,
        Duration refreshAfter,
        Duration maxAge,
        Duration fetchLimit) {

    /** The times used unless something else is configured: 30 s, 5 s, 15 min, 24 h, 5 s. */
    public static final KeySetTimes DEFAULT =
            new KeySetTimes(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(24),
                    Duration.ofSeconds(5));

    /** Checks that all times are positive and the refresh is due before the age limit. */
    public KeySetTimes {
        requirePositive("cool-down", coolDown);
        requirePositive("pause after a failure", pauseAfterFailure);
        requirePositive("refresh interval", refreshAfter);
        requirePositive("age limit", maxAge);
        requirePositive("fetch limit", fetchLimit);
        if (refreshAfter.compareTo(maxAge) >= 0) {
            throw new IllegalArgumentException("the refresh must be due before the age limit");
        }
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("the " + what + " must be longer than nothing");
        }
    }
}
