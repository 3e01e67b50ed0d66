package io.stagedoor.proxy.http;

/** How the body of a message is delimited (RFC 9112 section 6). */
public sealed interface Framing {

    /** No body: neither a length nor a transfer coding is declared. */
    record None() implements Framing {}

    /**
     * A body of a known length.
     *
     * @param octets the length, never negative
     */
    record Length(long octets) implements Framing {}

    /** A body in chunks, of a length not known before its end. */
    record Chunked() implements Framing {}

    /** Returns whether octets of a body may follow the head. */
    default boolean hasBody() {
        return switch (this) {
            case None() -> false;
            case Length(long octets) -> octets > 0;
            case Chunked() -> true;
        };
    }

    /** Reads the framing of a checked request. */
    static Framing of(Fields fields) {
        if (fields.has("transfer-encoding")) {
            return new Chunked();
        }
        return fields.first("content-length")
                .<Framing>map(length -> new Length(Long.parseLong(length)))
                .orElseGet(None::new);
    }
}
