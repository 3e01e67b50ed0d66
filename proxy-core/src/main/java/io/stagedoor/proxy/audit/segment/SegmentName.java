package io.stagedoor.proxy.audit.segment;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a segment: the first sequence number in it, so that names sort as the records do.
 *
 * @param firstSeq the first sequence number, from 1
 */
public record SegmentName(long firstSeq) implements Comparable<SegmentName> {
    private static final Pattern FILE = Pattern.compile("journal-(\\d{18})\\.jsonl");

    /** Reads a file name, which may be anything. */
    public static Optional<SegmentName> find(String fileName) {
        Matcher matcher = FILE.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new SegmentName(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    /** Gives the name of the file. */
    public String fileName() {
        return String.format(Locale.ROOT, "journal-%018d.jsonl", firstSeq);
    }

    @Override
    public int compareTo(SegmentName other) {
        return Long.compare(firstSeq, other.firstSeq);
    }

    @Override
    public String toString() {
        return fileName();
    }
}
