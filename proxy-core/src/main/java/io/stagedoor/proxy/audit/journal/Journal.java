package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.JournalUnavailableException;
import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.audit.TrailHealth.Status;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.segment.JournalLock;
import io.stagedoor.proxy.audit.segment.SegmentStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal: an append-only, hash-chained file of records that one process at a time may write.
 *
 * <p>Appending is safe for any number of threads and never waits for the disk; one daemon thread
 * writes. A write that fails fails everybody who waits, at once; the journal then tries again by
 * itself, at each probe interval, on a new file, and never believes the bytes of the failed write.
 */
public final class Journal implements AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** More exchanges than this are never open at once, unless somebody forgets to end them. */
    private static final int MOST_OPEN = 65_536;

    private final JournalLock lock;
    private final InstantSource clock;
    private final RecoveryReport recovery;
    private final CommitQueue queue;
    private final JournalWriter writer;
    private final Thread thread;

    private Journal(
            JournalLock lock,
            InstantSource clock,
            JournalSettings settings,
            SegmentStorage storage,
            Recovery.Recovered recovered,
            CommitListener listener) {
        this.lock = lock;
        this.clock = clock;
        this.recovery = recovered.report();
        this.queue = new CommitQueue(settings.queueCapacity(), settings.readWindow());
        Chain chain = new Chain(storage, settings, recovered);
        this.writer = new JournalWriter(queue, chain, settings, clock, recovered.open(), listener);
        this.thread = Thread.ofPlatform().daemon().name("audit-journal").unstarted(writer);
    }

    /**
     * Opens a journal, repairs its torn end, and records an unknown outcome for every exchange that
     * a crash left open.
     *
     * <p>A disk that can be read but not written does not keep it from opening: it opens red.
     *
     * @throws IOException when another process writes it, or it cannot be read
     */
    public static Journal open(JournalSettings settings, InstantSource clock) throws IOException {
        return open(settings, clock, CommitListener.NONE);
    }

    /** Opens a journal whose commits somebody listens to. */
    public static Journal open(
            JournalSettings settings, InstantSource clock, CommitListener listener)
            throws IOException {
        Files.createDirectories(settings.directory());
        return open(settings, clock, new FileStorage(settings.directory()), listener);
    }

    /** Opens a journal over a storage of the caller's, in a directory that exists. */
    public static Journal open(
            JournalSettings settings, InstantSource clock, SegmentStorage storage)
            throws IOException {
        return open(settings, clock, storage, CommitListener.NONE);
    }

    private static Journal open(
            JournalSettings settings,
            InstantSource clock,
            SegmentStorage storage,
            CommitListener listener)
            throws IOException {
        JournalLock lock = JournalLock.take(settings.directory());
        try {
            Recovery.Recovered recovered = new Recovery(storage, settings.strideBytes()).recover();
            Journal journal = new Journal(lock, clock, settings, storage, recovered, listener);
            journal.start();
            return journal;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Receipt> append(AuditEvent event) {
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        Optional<String> refusal =
                offer(new Pending.Awaited(event, clock.instant(), System.nanoTime(), receipt));
        refusal.ifPresent(
                reason -> receipt.completeExceptionally(new JournalUnavailableException(reason)));
        return receipt;
    }

    @Override
    public boolean appendWithinWindow(AuditEvent event) {
        return offer(new Pending.Riding(event, clock.instant(), System.nanoTime())).isEmpty();
    }

    @Override
    public TrailHealth health() {
        CommitQueue.State state = queue.state();
        Optional<String> trouble = trouble(state);
        String broken = String.join("; ", recovery.broken());
        Status calm = broken.isEmpty() ? Status.GREEN : Status.AMBER;
        return new TrailHealth(
                trouble.isPresent() ? Status.RED : calm,
                trouble.orElse(broken.isEmpty() ? "records reach the disk" : broken),
                durableSeq(),
                state.size(),
                OptionalLong.empty());
    }

    /** Gives what was found when the journal was opened. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /** Gives the last sequence number that is known to be on disk. */
    public long durableSeq() {
        return writer.durableSeq();
    }

    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        releaseLock();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() {
        report();
        for (String requestId : recovery.closed()) {
            ride(unknownOutcome(requestId));
        }
        ride(new JournalEvent.Checkpoint(JournalEvent.Reason.OPENED, 0));
        thread.start();
    }

    private void report() {
        recovery.torn()
                .ifPresent(
                        torn ->
                                LOG.atWarn()
                                        .addKeyValue("file", torn.file())
                                        .addKeyValue("bytes", torn.bytes())
                                        .log("audit journal had a torn end; it was moved aside"));
        for (String place : recovery.broken()) {
            LOG.atError().addKeyValue("place", place).log("audit journal chain is broken");
        }
        if (!recovery.closed().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("exchanges", recovery.closed().size())
                    .log("exchanges were open at the last crash; their outcome is unknown");
        }
    }

    private void ride(RecordBody body) {
        queue.offerAtStart(new Pending.Riding(body, clock.instant(), System.nanoTime()));
    }

    private static AuditEvent.Completed unknownOutcome(String requestId) {
        return new AuditEvent.Completed(
                requestId,
                Outcome.UNKNOWN,
                AuditEvent.Writer.RECOVERY,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private Optional<String> offer(Pending pending) {
        if (pending.body() instanceof AuditEvent.Decided && writer.openCount() >= MOST_OPEN) {
            return Optional.of(tooManyOpen());
        }
        return queue.offer(pending);
    }

    private Optional<String> trouble(CommitQueue.State state) {
        if (state.closed()) {
            return Optional.of("the journal is closed");
        }
        if (state.failure().isPresent()) {
            return state.failure();
        }
        if (state.late()) {
            return Optional.of(
                    "the oldest record has been waiting for the disk for " + state.oldest());
        }
        return writer.openCount() >= MOST_OPEN ? Optional.of(tooManyOpen()) : Optional.empty();
    }

    private String tooManyOpen() {
        return writer.openCount() + " exchanges are open";
    }

    private void releaseLock() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("audit journal lock did not close in good order");
        }
    }
}
