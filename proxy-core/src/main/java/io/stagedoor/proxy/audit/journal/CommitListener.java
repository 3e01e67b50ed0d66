package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.segment.PlacedRecord;
import java.time.Duration;

/** Is told of what callers reported once it is on disk, in order; called on the writer thread. */
@FunctionalInterface
public interface CommitListener {

    /** Listens to nothing. */
    CommitListener NONE = record -> {};

    /** Takes note of a record; must be quick, and must not throw. */
    void committed(PlacedRecord record);

    /**
     * Takes note of a commit, before its records; must be quick, and must not throw.
     *
     * @param records how many records it wrote
     * @param took from their encoding to their being on disk
     */
    default void committed(int records, Duration took) {}

    /** Returns a listener that tells this one, and then another. */
    default CommitListener and(CommitListener other) {
        CommitListener first = this;
        return new CommitListener() {
            @Override
            public void committed(PlacedRecord record) {
                first.committed(record);
                other.committed(record);
            }

            @Override
            public void committed(int records, Duration took) {
                first.committed(records, took);
                other.committed(records, took);
            }
        };
    }
}
