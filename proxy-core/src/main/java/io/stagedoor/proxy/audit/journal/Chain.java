package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.codec.RecordEncoder;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.JournalEvent.SegmentDigest;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.segment.PlacedRecord;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.segment.SegmentStorage;
import io.stagedoor.proxy.audit.segment.SegmentWriter;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The chain of records across its segments, at its growing end; for the writer thread alone.
 *
 * <p>INVARIANT: {@link #durable} is the head of what {@link SegmentWriter#commit} made durable. After
 * any failure nothing later than that is believed: {@link #repair} takes it back, seals the segment
 * and goes on in a new file.
 */
final class Chain implements Closeable {
    private final SegmentStorage storage;
    private final JournalSettings settings;
    private final RecordEncoder encoder;
    private final String journal;
    private Optional<SegmentWriter> current;
    private Optional<SegmentDigest> previous;
    private long segment;
    private Head head;
    private Head durable;

    /**
     * The end of the chain, which the next record must follow.
     *
     * @param seq the last sequence number
     * @param hash the last hash
     */
    record Head(long seq, String hash) {
        /** Before the first record. */
        static final Head START = new Head(0, AuditRecord.NO_PREVIOUS);

        static Head of(HashedLine line) {
            return new Head(line.seq(), line.hash());
        }

        boolean isFollowedBy(HashedLine line) {
            return line.seq() == seq + 1 && line.previousHash().equals(hash);
        }
    }

    Chain(SegmentStorage storage, JournalSettings settings, Recovery.Recovered from) {
        this.storage = storage;
        this.settings = settings;
        this.encoder = new RecordEncoder(settings.node());
        this.journal = from.journal();
        this.current = from.current();
        this.previous = from.previous();
        this.segment = from.segment();
        this.head = from.head();
        this.durable = from.head();
    }

    /** Tells whether there is a segment to write to. */
    boolean hasSegment() {
        return current.isPresent();
    }

    Head durable() {
        return durable;
    }

    /**
     * Takes in a record, which is durable once {@link #commit} has returned.
     *
     * @throws IllegalArgumentException when it cannot be encoded; nothing was taken in then
     */
    PlacedRecord stage(Instant time, RecordBody body) throws IOException {
        SegmentWriter writer = current.orElseThrow();
        Receipt receipt = encode(time, body);
        long end = writer.stage(encoder.buffer(), encoder.length());
        head = new Head(receipt.seq(), receipt.hash());
        return new PlacedRecord(
                writer.name().firstSeq(),
                end - encoder.length(),
                end,
                receipt.seq(),
                receipt.hash(),
                time,
                body);
    }

    void commit() throws IOException {
        current.orElseThrow().commit();
        durable = head;
    }

    boolean isFull() {
        return current.isPresent() && current.get().durableEnd() >= settings.segmentBytes();
    }

    /** Seals the segment and begins the next. */
    void roll(Instant now, List<String> open) throws IOException {
        seal(now);
        begin(now, open);
    }

    /** Goes on after a failure, or at first, in a new segment; may be tried again if it fails. */
    void repair(Instant now, List<String> open) throws IOException {
        head = durable;
        if (current.isPresent()) {
            current.get().rollback();
            seal(now);
        }
        begin(now, open);
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            current.get().trim();
            current.get().close();
        }
    }

    private void seal(Instant now) throws IOException {
        SegmentWriter writer = current.orElseThrow();
        SegmentDigest digest =
                new SegmentDigest(
                        segment,
                        writer.name().firstSeq(),
                        durable.seq(),
                        writer.count(),
                        writer.digest());
        writer.trim();
        stage(now, new JournalEvent.SegmentSealed(journal, digest));
        commit();
        previous = Optional.of(digest);
        current = Optional.empty();
        writer.close();
    }

    private void begin(Instant now, List<String> open) throws IOException {
        SegmentName name = new SegmentName(head.seq() + 1);
        SegmentWriter writer = SegmentWriter.create(storage, name, settings.strideBytes());
        try {
            Receipt first =
                    encode(
                            now,
                            new JournalEvent.SegmentOpened(journal, segment + 1, previous, open));
            writer.stage(encoder.buffer(), encoder.length());
            writer.commit();
            storage.publish(name);
            head = new Head(first.seq(), first.hash());
            durable = head;
            segment++;
            current = Optional.of(writer);
        } finally {
            if (current.isEmpty()) {
                writer.close();
            }
        }
    }

    private Receipt encode(Instant time, RecordBody body) {
        long seq = head.seq() + 1;
        try {
            return new Receipt(seq, encoder.encode(seq, head.hash(), time, body));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("a record of phase " + body.phase(), e);
        }
    }
}
