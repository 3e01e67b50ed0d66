package io.stagedoor.proxy.audit.record;

import java.time.Instant;
import java.util.List;

/**
 * One record of the journal: a body in the frame that chains it to the record before.
 *
 * @param seq the sequence number, from 1, without gaps
 * @param version the version of the record's layout
 * @param time when the event was reported
 * @param node which proxy wrote it
 * @param previousHash the hash of the record before; 64 zeros in the first
 * @param body what it says
 * @param altered the fields that were too long or looked like a credential, and what was done
 * @param hash SHA-256 over the canonical JSON of all the above, in lower-case hexadecimal
 */
public record AuditRecord(
        long seq,
        int version,
        Instant time,
        String node,
        String previousHash,
        RecordBody body,
        List<String> altered,
        String hash) {

    /** The version of the layout that this code writes. */
    public static final int VERSION = 1;

    /** What stands in place of the previous hash in the first record of a journal. */
    public static final String NO_PREVIOUS = "0".repeat(64);

    /** Copies the list. */
    public AuditRecord {
        altered = List.copyOf(altered);
    }
}
