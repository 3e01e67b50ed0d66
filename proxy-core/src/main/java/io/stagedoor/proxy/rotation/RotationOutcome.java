package io.stagedoor.proxy.rotation;

/**
 * What came of one connection.
 *
 * @param content whose connection, such as {@code datasource/LUID}
 * @param connection its LUID; empty if none was found
 * @param result what came of it
 * @param detail why
 */
public record RotationOutcome(String content, String connection, Result result, String detail) {

    /** What came of it. */
    public enum Result {
        /** It is as it should be, as far as can be told. */
        UNCHANGED,
        /** It would be set. */
        WOULD_SET,
        /** It was set. */
        SET,
        /** It could not be set. */
        FAILED
    }
}
