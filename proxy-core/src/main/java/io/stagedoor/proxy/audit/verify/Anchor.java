package io.stagedoor.proxy.audit.verify;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record somebody has seen, kept outside the journal. Only against an anchor can it be shown that
 * a journal's end was not cut off, or the whole of it written anew.
 *
 * @param seq the record's sequence number
 * @param hash the record's hash
 */
public record Anchor(long seq, String hash) {
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,17}):([0-9a-f]{64})");

    /** Reads {@code seq:hash}. */
    public static Optional<Anchor> find(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Anchor(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** Gives {@code seq:hash}. */
    public String text() {
        return seq + ":" + hash;
    }
}
