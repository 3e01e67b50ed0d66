package io.stagedoor.proxy.refresh;

/**
 * What a check found.
 *
 * @param verdict how the source is
 * @param value what was seen, in words that callers may read: no secrets and no upstream hosts
 */
public record Finding(Verdict verdict, String value) {

    /** Makes the finding that all is well. */
    public static Finding well(String value) {
        return new Finding(Verdict.WELL, value);
    }

    /** Makes the finding that it is not. */
    public static Finding unwell(String value) {
        return new Finding(Verdict.UNWELL, value);
    }

    /** Makes the finding that nothing can be said. */
    public static Finding unknown(String value) {
        return new Finding(Verdict.UNKNOWN, value);
    }
}
