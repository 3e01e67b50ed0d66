package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.audit.journal.CommitListener;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.journal.JournalSettings;
import io.stagedoor.proxy.audit.journal.RecoveryReport;
import io.stagedoor.proxy.audit.record.AuditEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The trail of a running proxy: a journal, and an index that follows it.
 *
 * <p>Safe for any number of threads. Trouble with the index shows in {@link #health} as its lag and
 * keeps nobody from working.
 */
public final class IndexedTrail implements AuditTrail {
    private final Journal journal;
    private final IndexFollower follower;

    private IndexedTrail(Journal journal, IndexFollower follower) {
        this.journal = journal;
        this.follower = follower;
    }

    /**
     * Opens the journal of a directory, recovers it if need be, and begins to index it.
     *
     * @param listener hears of each commit
     * @throws IOException when another process writes the journal, or it cannot be read
     */
    public static IndexedTrail open(
            JournalSettings settings, InstantSource clock, CommitListener listener)
            throws IOException {
        BlockFeed blocks = new BlockFeed();
        Journal journal = Journal.open(settings, clock, blocks.and(listener));
        IndexFollower follower =
                new IndexFollower(settings.directory(), journal::durableSeq, blocks);
        follower.start();
        return new IndexedTrail(journal, follower);
    }

    @Override
    public CompletionStage<Receipt> append(AuditEvent event) {
        return journal.append(event);
    }

    @Override
    public boolean appendWithinWindow(AuditEvent event) {
        return journal.appendWithinWindow(event);
    }

    @Override
    public TrailHealth health() {
        TrailHealth health = journal.health();
        return new TrailHealth(
                health.status(),
                health.reason(),
                health.durableSeq(),
                health.queued(),
                OptionalLong.of(follower.lag()));
    }

    /** Gives what was found when the journal was opened. */
    public RecoveryReport recovery() {
        return journal.recovery();
    }

    @Override
    public void close() {
        journal.close();
        follower.close();
    }
}
