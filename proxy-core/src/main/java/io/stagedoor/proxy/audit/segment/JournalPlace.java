package io.stagedoor.proxy.audit.segment;

import io.stagedoor.proxy.audit.record.AuditRecord;

/**
 * How far somebody has read a journal.
 *
 * @param segment the first sequence number of the segment it is in
 * @param offset where the next line begins there
 * @param seq the last sequence number it took in
 * @param hash the hash of that record
 */
public record JournalPlace(long segment, long offset, long seq, String hash) {
    /** Before the first record. */
    public static final JournalPlace START = new JournalPlace(0, 0, 0, AuditRecord.NO_PREVIOUS);
}
