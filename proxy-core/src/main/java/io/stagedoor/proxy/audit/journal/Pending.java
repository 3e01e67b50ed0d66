package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** An accepted event that is not on disk yet. */
sealed interface Pending {

    RecordBody body();

    Instant time();

    /** When it was accepted, on the clock of {@link System#nanoTime}. */
    long acceptedAt();

    /** Tells whether it is taken when there is hardly any room: what it tells has happened. */
    default boolean hasHappened() {
        return body() instanceof AuditEvent.Completed;
    }

    /** One that somebody waits for. */
    record Awaited(
            RecordBody body, Instant time, long acceptedAt, CompletableFuture<Receipt> receipt)
            implements Pending {}

    /** One that rides in the next commit and is kept through a failure. */
    record Riding(RecordBody body, Instant time, long acceptedAt) implements Pending {}
}
