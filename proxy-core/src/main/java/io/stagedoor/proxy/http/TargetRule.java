package io.stagedoor.proxy.http;

/**
 * One reason why two readers of the same request target could understand two different requests.
 *
 * <p>Each constant carries the sentence the client reads; {@link #code()} is what the audit record
 * names.
 */
public enum TargetRule {
    /** Absolute, asterisk and authority forms, and text without a leading slash (RFC 9112 3.2). */
    NOT_ORIGIN_FORM("the request target must be a path that begins with `/`"),
    /** Longer than {@link CanonicalTarget#MAX_LENGTH}. */
    TOO_LONG("the request target is longer than 16384 characters"),
    /** More path segments than {@link CanonicalTarget#MAX_SEGMENTS}. */
    TOO_MANY_SEGMENTS("the path has more than 64 segments"),
    /** More query parameters than {@link CanonicalTarget#MAX_PARAMETERS}. */
    TOO_MANY_PARAMETERS("the query has more than 100 parameters"),
    /** {@code //} or a slash at the end: some readers merge or drop it. */
    EMPTY_SEGMENT("the path has an empty segment"),
    /** A {@code .} or {@code ..} segment, raw or after one decoding. */
    DOT_SEGMENT("the path has a dot segment"),
    /** A segment ending in a dot, which Windows hosts drop. */
    TRAILING_DOT("a path segment ends with a dot"),
    /** A segment that begins or ends with white space, which some readers trim. */
    PADDED_SEGMENT("a path segment begins or ends with white space"),
    /** {@code %2F}, {@code %5C} or a character that folds to a separator. */
    ENCODED_SEPARATOR("a path segment hides a separator"),
    /** {@code %3F} or {@code %23} in the path. */
    ENCODED_DELIMITER("a path segment hides a `?` or `#`"),
    /** A raw backslash in the path. */
    BACKSLASH("the path has a backslash"),
    /** A {@code ;}, raw or encoded in the path, or raw in the query. */
    PARAMETER_SEPARATOR("the request target has a `;`, which some readers take for a separator"),
    /** A percent sign left after one decoding of the path. */
    DOUBLE_ENCODED("a path segment is encoded twice"),
    /** A percent sign without two hexadecimal digits. */
    BAD_ESCAPE("the request target has a bad percent escape"),
    /** Escapes that are not UTF-8: overlong, truncated, surrogates, Latin-1. */
    NOT_UTF8("the request target has escapes that are not UTF-8"),
    /** NUL anywhere, or another control character in the path or a parameter name. */
    CONTROL_CHARACTER("the request target has a control character"),
    /** A raw octet above 0x7E. */
    NON_ASCII("the request target has a character outside ASCII that is not percent-encoded"),
    /** A raw space. */
    WHITE_SPACE("the request target has white space"),
    /** A {@code #}: never legal on the wire. */
    FRAGMENT("the request target has a fragment"),
    /** Another character that RFC 3986 does not allow there. */
    ILLEGAL_CHARACTER("the request target has a character that must be percent-encoded"),
    /** The same query parameter twice, in any case or encoding: first or last wins. */
    REPEATED_PARAMETER("the query gives a parameter twice"),
    /** A parameter name that hides a plain letter, digit or mark behind an escape. */
    DISGUISED_PARAMETER("the query has a parameter name that is needlessly encoded");

    private final String sentence;

    TargetRule(String sentence) {
        this.sentence = sentence;
    }

    /** Returns the stable lower-case name, for example {@code dot_segment}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns the sentence for the caller; holds no part of the target. */
    public String sentence() {
        return sentence;
    }
}
