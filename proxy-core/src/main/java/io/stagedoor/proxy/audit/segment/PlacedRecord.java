package io.stagedoor.proxy.audit.segment;

import io.stagedoor.proxy.audit.record.RecordBody;
import java.time.Instant;

/**
 * A record that is on disk, and where.
 *
 * @param segment the first sequence number of its segment
 * @param offset where its line begins in the segment
 * @param end where the next line begins
 * @param seq its sequence number
 * @param hash its hash
 * @param time when it was reported
 * @param body what it says
 */
public record PlacedRecord(
        long segment,
        long offset,
        long end,
        long seq,
        String hash,
        Instant time,
        RecordBody body) {}
