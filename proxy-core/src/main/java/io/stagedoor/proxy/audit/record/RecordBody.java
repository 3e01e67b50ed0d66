package io.stagedoor.proxy.audit.record;

/** What one audit record says; the frame around it is {@link AuditRecord}. */
public sealed interface RecordBody permits AuditEvent, JournalEvent {

    /** Gives the word that stands in the record's `phase`. */
    String phase();
}
