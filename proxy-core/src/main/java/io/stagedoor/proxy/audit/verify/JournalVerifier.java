package io.stagedoor.proxy.audit.verify;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.decode.MalformedRecordException;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.segment.JournalLock;
import io.stagedoor.proxy.audit.segment.Line;
import io.stagedoor.proxy.audit.segment.LineReader;
import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.segment.SegmentStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads every segment of a journal once, in bounded memory, and judges it; for one check.
 *
 * <p>May run while a proxy writes: then the end that is still being written, and the exchanges that
 * are still open, are noted and not held against the journal.
 */
public final class JournalVerifier {
    /** How long a journal that is in use may be silent: two intervals of its signs of life. */
    public static final Duration MOST_SILENCE = Duration.ofMinutes(2);

    private final boolean inUse;
    private final Optional<Anchor> anchor;
    private final IntegrityCheck integrity = new IntegrityCheck();
    private final CompletenessCheck completeness = new CompletenessCheck();
    private final List<String> notes = new ArrayList<>();
    private Optional<Anchor> head = Optional.empty();
    private boolean anchorSeen;
    private long records;
    private Place end = new Place("", 0, 0, 0);

    private JournalVerifier(boolean inUse, Optional<Anchor> anchor) {
        this.inUse = inUse;
        this.anchor = anchor;
    }

    /**
     * Checks the journal of a directory.
     *
     * @param anchor a record seen before, if one was kept
     * @param now the time to measure silence by
     * @throws IOException when a file cannot be read
     */
    public static Verification verify(Path directory, Optional<Anchor> anchor, Instant now)
            throws IOException {
        boolean inUse = JournalLock.isTaken(directory);
        return new JournalVerifier(inUse, anchor).run(new FileStorage(directory), now);
    }

    private Verification run(SegmentStorage storage, Instant now) throws IOException {
        List<SegmentName> names = storage.list();
        for (SegmentName name : names) {
            try (SegmentChannel channel = storage.read(name)) {
                segment(name, channel, name.equals(names.getLast()));
            }
        }
        if (anchor.isPresent() && !anchorSeen) {
            completeness.anchorIsMissing(end, anchor.get());
        }
        judgeEnd(now);
        return new Verification(
                integrity.verdict(), completeness.verdict(), names.size(), records, head, notes);
    }

    private void segment(SegmentName name, SegmentChannel channel, boolean isLast)
            throws IOException {
        integrity.beginSegment(name);
        LineReader reader = new LineReader(channel, 0);
        long number = 0;
        Optional<Line> line = reader.next();
        while (line.isPresent()) {
            number++;
            line(place(name, number, line.get().offset()), line.get());
            line = reader.next();
        }
        end = place(name, number + 1, reader.offset());
        boolean zeros = reader.onlyZerosRemain();
        integrity.endSegment(end, isLast, zeros && channel.size() > reader.offset());
        if (!zeros) {
            rest(isLast);
        }
    }

    private void rest(boolean isLast) {
        if (isLast && inUse) {
            notes.add(end.text() + ": a record is being written");
        } else {
            integrity.bytesAtEnd(end);
        }
    }

    private void line(Place place, Line line) {
        Optional<HashedLine> hashed = HashedLine.read(line.bytes());
        if (hashed.isEmpty()) {
            integrity.badLine(place, line);
            completeness.damaged();
            return;
        }
        records++;
        compareWithAnchor(place, hashed.get());
        head = Optional.of(new Anchor(hashed.get().seq(), hashed.get().hash()));
        try {
            AuditRecord record = RecordDecoder.decode(line.bytes());
            integrity.record(place, line, hashed.get(), record.body());
            completeness.record(place, record);
        } catch (MalformedRecordException e) {
            integrity.unreadable(place, line, hashed.get(), String.valueOf(e.getMessage()));
            completeness.damaged();
        }
    }

    private void compareWithAnchor(Place place, HashedLine hashed) {
        if (anchor.isPresent() && anchor.get().seq() == hashed.seq()) {
            anchorSeen = true;
            if (!anchor.get().hash().equals(hashed.hash())) {
                integrity.differsFromAnchor(place);
            }
        }
    }

    private void judgeEnd(Instant now) {
        if (inUse) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "the journal is in use; %d exchanges are open",
                            completeness.open()));
            completeness.endOfJournalInUse(now, MOST_SILENCE);
        } else {
            completeness.endOfClosedJournal(now, MOST_SILENCE);
        }
        completeness.last().ifPresent(last -> notes.add(endNote(last)));
    }

    private String endNote(AuditRecord last) {
        String how = completeness.isClosedWell() ? "closed in good order" : "last written";
        return how + " at " + last.time();
    }

    private Place place(SegmentName name, long line, long offset) {
        return new Place(name.fileName(), line, offset, integrity.expectedSeq());
    }
}
