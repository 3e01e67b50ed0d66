package io.stagedoor.proxy.audit.verify;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.codec.Sha256;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.JournalEvent.SegmentDigest;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.segment.Line;
import io.stagedoor.proxy.audit.segment.SegmentName;
import java.util.Locale;
import java.util.Optional;

/** Follows the chain through lines and segments; for one thread. */
final class IntegrityCheck {
    private static final byte[] LINE_FEED = {'\n'};

    private final Findings findings = new Findings();
    private Sha256 sha = new Sha256();
    private long count;
    private long firstSeq;
    private long lastSeq;
    private Optional<String> lastHash = Optional.empty();
    private Optional<SegmentDigest> lastSeal = Optional.empty();
    private boolean sealed;
    private boolean atStart = true;

    Verdict verdict() {
        return findings.verdict();
    }

    /** Gives the sequence number the next record should have. */
    long expectedSeq() {
        return lastSeq + 1;
    }

    void beginSegment(SegmentName name) {
        if (atStart) {
            lastSeq = name.firstSeq() - 1;
            lastHash = lastSeq == 0 ? Optional.of(AuditRecord.NO_PREVIOUS) : Optional.empty();
        }
        sha = new Sha256();
        count = 0;
        firstSeq = name.firstSeq();
        sealed = false;
        atStart = true;
    }

    /** Takes a line that is no whole record of ours. */
    void badLine(Place place, Line line) {
        findings.add(place, "the record is damaged: it does not match its own hash");
        digest(line);
        lastSeq++;
        lastHash = Optional.empty();
        atStart = false;
    }

    /** Takes a whole record. */
    void record(Place place, Line line, HashedLine hashed, RecordBody body) {
        checkChain(place, hashed);
        if (atStart && hashed.seq() != firstSeq) {
            findings.add(place, "the name of the file is not that of its first record");
        }
        if (sealed) {
            findings.add(place, "a record stands after the seal of its segment");
        }
        switch (body) {
            case JournalEvent.SegmentOpened opened -> opened(place, opened);
            case JournalEvent.SegmentSealed(_, SegmentDigest digest) -> sealed(place, digest);
            default -> other(place);
        }
        digest(line);
        atStart = false;
    }

    /** Takes a record whose hash is right and whose text this version cannot read. */
    void unreadable(Place place, Line line, HashedLine hashed, String problem) {
        checkChain(place, hashed);
        findings.add(place, "the record cannot be read: " + problem);
        digest(line);
        atStart = false;
    }

    /** Takes the end of a segment. */
    void endSegment(Place place, boolean isLast, boolean zerosAtEnd) {
        if (!isLast && !sealed) {
            findings.add(place, "the segment has no seal, and is not the last");
            lastSeal = Optional.empty();
        }
        if (zerosAtEnd && sealed) {
            findings.add(place, "bytes follow the seal of the segment");
        }
    }

    void bytesAtEnd(Place place) {
        findings.add(place, "the bytes after the last whole record are no record");
    }

    void differsFromAnchor(Place place) {
        findings.add(place, "the record is not the one the anchor was taken from");
    }

    private void checkChain(Place place, HashedLine hashed) {
        if (hashed.seq() != lastSeq + 1) {
            findings.add(
                    place,
                    String.format(
                            Locale.ROOT,
                            "seq %d stands where %d should",
                            hashed.seq(),
                            lastSeq + 1));
        } else if (lastHash.isPresent() && !lastHash.get().equals(hashed.previousHash())) {
            findings.add(place, "the record does not follow the one before it");
        }
        lastSeq = hashed.seq();
        lastHash = Optional.of(hashed.hash());
    }

    private void opened(Place place, JournalEvent.SegmentOpened opened) {
        if (!atStart) {
            findings.add(place, "a segment is opened in the middle of one");
        }
        if (lastSeal.isPresent() && !lastSeal.equals(opened.previous())) {
            findings.add(place, "the segment does not follow the one before it");
        }
    }

    private void sealed(Place place, SegmentDigest seal) {
        SegmentDigest found =
                new SegmentDigest(
                        seal.segment(), firstSeq, lastSeq - 1, count, sha.copy().finish());
        if (!found.equals(seal)) {
            findings.add(place, "the segment is not the one that was sealed");
        }
        sealed = true;
        lastSeal = Optional.of(seal);
    }

    private void other(Place place) {
        if (atStart) {
            findings.add(place, "the segment does not begin with its opening record");
        }
    }

    private void digest(Line line) {
        sha.update(line.bytes(), 0, line.bytes().length).update(LINE_FEED, 0, 1);
        count++;
    }
}
