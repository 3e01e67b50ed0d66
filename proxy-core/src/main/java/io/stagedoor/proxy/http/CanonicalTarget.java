package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * The one request target of an exchange: what is decided on and what is forwarded, read once.
 *
 * <p>Accepts the origin form of RFC 9112 section 3.2.1 only, and only when every reader must
 * understand it alike; anything that one of two parsers could read differently is refused as {@code
 * ambiguous_target} with its {@link TargetRule}. The path's segments are decoded exactly once. The
 * text forwarded is, octet for octet, the text that was checked: nothing is normalised.
 *
 * <p>Immutable and safe for any thread. Parsing is linear in the length of the text.
 */
public final class CanonicalTarget {

    /** The longest accepted path and query together, in characters (each is one octet). */
    public static final int MAX_LENGTH = 16_384;

    /** The most path segments accepted. */
    public static final int MAX_SEGMENTS = 64;

    /** The most query parameters accepted. */
    public static final int MAX_PARAMETERS = 100;

    private final String raw;
    private final int pathEnd;
    private final List<String> segments;
    private final QueryParameters query;

    CanonicalTarget(String raw, int pathEnd, List<String> segments, QueryParameters query) {
        this.raw = raw;
        this.pathEnd = pathEnd;
        this.segments = segments;
        this.query = query;
    }

    /**
     * Reads a request target as it stood in the request line.
     *
     * @param target one character an octet, as an HTTP/1.1 decoder gives it
     * @throws RefusedException {@code ambiguous_target}, naming the rule
     */
    public static CanonicalTarget parse(String target) throws RefusedException {
        return TargetParser.parse(target);
    }

    /** Returns path and query exactly as received; this is what goes upstream. */
    public String raw() {
        return raw;
    }

    /** Returns the path exactly as received. */
    public String rawPath() {
        return raw.substring(0, pathEnd);
    }

    /** Returns the query without its question mark, exactly as received; empty if there is none. */
    public Optional<String> rawQuery() {
        return pathEnd == raw.length() ? Optional.empty() : Optional.of(raw.substring(pathEnd + 1));
    }

    /** Returns the path's segments, each decoded exactly once; empty for {@code /}. */
    public List<String> segments() {
        return segments;
    }

    /**
     * Returns the decoded value of a query parameter; names are compared without case, as the
     * upstreams do. No parameter stands twice in a target. A plus sign stays a plus sign.
     */
    public Optional<String> query(String name) {
        return query.value(name);
    }

    /**
     * Returns the target behind a path-prefix route: the same octets without the first {@code
     * count} segments; {@code /} if none is left.
     *
     * @throws IllegalArgumentException if there are fewer segments
     */
    public CanonicalTarget withPrefixStripped(int count) {
        if (count < 0 || count > segments.size()) {
            throw new IllegalArgumentException("the path has no " + count + " segments");
        }
        if (count == 0) {
            return this;
        }
        int start = 0;
        for (int slashes = 0; slashes < count; slashes++) {
            start = raw.indexOf('/', start + 1);
            if (start < 0 || start > pathEnd) {
                return new CanonicalTarget("/" + raw.substring(pathEnd), 1, List.of(), query);
            }
        }
        List<String> rest = segments.subList(count, segments.size());
        return new CanonicalTarget(raw.substring(start), pathEnd - start, rest, query);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CanonicalTarget that && raw.equals(that.raw);
    }

    @Override
    public int hashCode() {
        return raw.hashCode();
    }

    /** Returns {@link #raw()}. */
    @Override
    public String toString() {
        return raw;
    }
}
