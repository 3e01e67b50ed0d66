package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.record.AuditRecord;

/**
 * The end of the chain, which the next record must follow.
 *
 * @param seq the last sequence number
 * @param hash the last hash
 */
record ChainHead(long seq, String hash) {
    /** Before the first record. */
    static final ChainHead START = new ChainHead(0, AuditRecord.NO_PREVIOUS);

    static ChainHead of(HashedLine line) {
        return new ChainHead(line.seq(), line.hash());
    }

    boolean isFollowedBy(HashedLine line) {
        return line.seq() == seq + 1 && line.previousHash().equals(hash);
    }
}
