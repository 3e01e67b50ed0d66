package io.stagedoor.proxy.audit;

import io.stagedoor.proxy.audit.record.AuditEvent;
import java.util.concurrent.CompletionStage;

/**
 * Where the proxy reports what it did.
 *
 * <p>Both ways of appending return at once and may be called from any thread, event loops included.
 */
public interface AuditTrail extends AutoCloseable {

    /**
     * Appends an event and tells when it is on disk.
     *
     * <p>The stage completes on the journal's writer thread, so whatever depends on it must hop back
     * to its own thread and must never block. It fails with {@link JournalUnavailableException} when
     * the event could not be made durable; a refusal known at once (queue full, journal closed)
     * fails it before this method returns.
     */
    CompletionStage<Receipt> append(AuditEvent event);

    /**
     * Appends an event that rides in a coming commit, within the stated window.
     *
     * <p>A {@link AuditEvent.Completed} is taken as long as there is any room, also while the
     * journal cannot be written, because what it tells has already happened.
     *
     * @return false when the event was refused: then what it reports must not be done
     */
    boolean appendWithinWindow(AuditEvent event);

    /** Tells whether the trail can take events, and if not, why. */
    TrailHealth health();

    /** Writes what was accepted and closes; later appends are refused. */
    @Override
    void close();
}
