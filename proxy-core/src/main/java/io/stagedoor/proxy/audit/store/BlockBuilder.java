package io.stagedoor.proxy.audit.store;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.segment.PlacedRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Gathers the records of one block, all of one segment; for one thread. */
public final class BlockBuilder {
    /** How many records a block has at most. */
    public static final int MOST_RECORDS = 1024;

    private final long segment;
    private final long offset;
    private final Set<String> requests = new HashSet<>();
    private final Set<String> terms = new HashSet<>();
    private final Map<JobKey, Block.Calls> mentions = new HashMap<>();
    private final Set<JobEdge> edges = new HashSet<>();
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;
    private Block.End last = new Block.End(0, "", 0);
    private long end;
    private int count;

    /**
     * Begins a block.
     *
     * @param segment the first sequence number of the segment
     * @param offset where the block begins there
     */
    public BlockBuilder(long segment, long offset) {
        this.segment = segment;
        this.offset = offset;
        this.end = offset;
    }

    /** Tells whether this is a block of a segment. */
    public boolean isOf(long segmentOfRecord) {
        return segmentOfRecord == segment;
    }

    /** Tells whether a record belongs to the segment, and there is room for it. */
    public boolean takes(PlacedRecord record) {
        return isOf(record.segment()) && !isFull();
    }

    /** Tells whether there is no room for another record. */
    public boolean isFull() {
        return count >= MOST_RECORDS;
    }

    /** Takes in a record. */
    public void add(PlacedRecord record) {
        passOver(record);
        from = record.time().isBefore(from) ? record.time() : from;
        to = record.time().isAfter(to) ? record.time() : to;
        keys(record.body());
    }

    /** Takes in a record of which nothing can be said but where it is. */
    public void passOver(PlacedRecord record) {
        count++;
        end = record.end();
        int length = Math.toIntExact(record.end() - record.offset() - 1);
        last = new Block.End(record.seq(), record.hash(), length);
    }

    /** Tells whether anything was taken in. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Gives where the next block begins, if it is in the same segment. */
    public long end() {
        return end;
    }

    /** Gives the block; this is not used afterwards. */
    public Block build() {
        boolean timed = !from.equals(Instant.MAX);
        return new Block(
                new Block.Extent(segment, offset, end),
                timed ? from : Instant.EPOCH,
                timed ? to : Instant.EPOCH,
                requests,
                new TreeSet<>(terms),
                mentions,
                edges,
                last);
    }

    private void keys(RecordBody body) {
        switch (body) {
            case AuditEvent.Decided decided -> {
                requests.add(decided.request().id());
                Term.collect(decided, terms);
                mentions(decided.jobs());
            }
            case AuditEvent.Completed completed -> {
                requests.add(completed.requestId());
                mentions(completed.jobs());
                edges.addAll(completed.edges());
            }
            case AuditEvent.Followed followed -> edges.addAll(followed.edges());
            default -> {
                // Nobody asks for what the journal says of itself.
            }
        }
    }

    private void mentions(List<JobMention> jobs) {
        for (JobMention mention : jobs) {
            boolean touched = mention.role() == JobMention.Role.TOUCHED;
            Block.Calls call = new Block.Calls(touched ? 0 : 1, touched ? 1 : 0);
            mentions.merge(mention.job(), call, Block.Calls::plus);
        }
    }
}
