package io.stagedoor.proxy.audit.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was found when a journal was opened, and what was done about it.
 *
 * @param segment the segment that was being written, if there was one
 * @param lastSeq the last sequence number found
 * @param clean whether the journal had been closed in good order
 * @param torn the torn end that was moved aside, if there was one
 * @param broken where the chain is broken; such places are left as they are
 * @param closed the requests whose exchange was open, for which an unknown outcome was recorded
 */
public record RecoveryReport(
        Optional<String> segment,
        long lastSeq,
        boolean clean,
        Optional<TornEnd> torn,
        List<String> broken,
        List<String> closed) {

    /** Copies the lists. */
    public RecoveryReport {
        broken = List.copyOf(broken);
        closed = List.copyOf(closed);
    }

    /**
     * Bytes after the last whole record, of which nothing had been acknowledged.
     *
     * @param file where they were moved to
     * @param offset where they stood in the segment
     * @param bytes how many there were
     */
    public record TornEnd(Path file, long offset, long bytes) {}
}
