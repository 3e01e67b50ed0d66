package io.stagedoor.proxy.audit.codec;

import java.time.Instant;

/** Times as RFC 3339 has them: UTC, always with nine digits of a second, so that they sort. */
final class Rfc3339 {
    private static final int NINE_DIGITS = 1_000_000_000;

    /** The last whole second that was asked for: nearly every record is of the same as the last. */
    private static volatile Second last = new Second(0, "1970-01-01T00:00:00.");

    private record Second(long epoch, String text) {}

    private Rfc3339() {}

    static String format(Instant time) {
        Second second = last;
        if (second.epoch() != time.getEpochSecond()) {
            second = secondOf(time);
            last = second;
        }
        String nanos = Integer.toString(NINE_DIGITS + time.getNano());
        return second.text() + nanos.substring(1) + "Z";
    }

    private static Second secondOf(Instant time) {
        String whole = Instant.ofEpochSecond(time.getEpochSecond()).toString();
        return new Second(time.getEpochSecond(), whole.substring(0, whole.length() - 1) + ".");
    }
}
