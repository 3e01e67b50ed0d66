package io.stagedoor.proxy.audit.record;

import java.util.List;
import java.util.Optional;

/** What the journal says of itself; only the journal writes these. */
public sealed interface JournalEvent extends RecordBody {

    /**
     * A sign of life, so that silence can be told from deletion.
     *
     * @param reason why it was written
     * @param open how many exchanges were open then
     */
    record Checkpoint(Reason reason, int open) implements JournalEvent {

        @Override
        public String phase() {
            return "checkpoint";
        }
    }

    /** Why a {@link Checkpoint} was written. */
    enum Reason {
        /** The journal was opened. */
        OPENED,
        /** Nothing else was written for a while. */
        IDLE,
        /** The journal recovered from a write failure. */
        RECOVERED,
        /** The journal was closed in good order. */
        CLOSED
    }

    /**
     * The first record of every segment.
     *
     * @param journal the id of the journal, the same in all its segments
     * @param segment the number of the segment, from 1
     * @param previous the digest of the segment before; empty in the first
     * @param open the ids of the requests whose exchange was open when the segment began
     */
    record SegmentOpened(
            String journal, long segment, Optional<SegmentDigest> previous, List<String> open)
            implements JournalEvent {

        /** Copies the ids. */
        public SegmentOpened {
            open = List.copyOf(open);
        }

        @Override
        public String phase() {
            return "segment_opened";
        }
    }

    /**
     * The last record of every segment but the one being written.
     *
     * @param journal the id of the journal
     * @param digest what stands before this record in the segment
     */
    record SegmentSealed(String journal, SegmentDigest digest) implements JournalEvent {

        @Override
        public String phase() {
            return "segment_sealed";
        }
    }

    /**
     * The digest of a segment, over every byte before its sealing record.
     *
     * @param segment the number of the segment
     * @param firstSeq the first sequence number in it
     * @param lastSeq the last sequence number before the sealing record
     * @param count how many records those are
     * @param sha256 SHA-256 of those bytes, in lower-case hexadecimal
     */
    record SegmentDigest(long segment, long firstSeq, long lastSeq, long count, String sha256) {}
}
