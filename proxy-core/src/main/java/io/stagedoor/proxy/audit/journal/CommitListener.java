package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.segment.PlacedRecord;

/** Is told of what callers reported once it is on disk, in order; called on the writer thread. */
@FunctionalInterface
public interface CommitListener {

    /** Listens to nothing. */
    CommitListener NONE = record -> {};

    /** Takes note of a record; must be quick, and must not throw. */
    void committed(PlacedRecord record);
}
