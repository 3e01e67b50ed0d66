package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.record.AuditRecord;

/**
 * How far the index has read the journal.
 *
 * @param segment the first sequence number of the segment it is in
 * @param offset where the next line begins there
 * @param seq the last sequence number it took in
 * @param hash the hash of that record
 */
record IndexPlace(long segment, long offset, long seq, String hash) {
    static final IndexPlace START = new IndexPlace(0, 0, 0, AuditRecord.NO_PREVIOUS);
}
