package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.JournalUnavailableException;
import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.JournalEvent.Checkpoint;
import io.stagedoor.proxy.audit.record.RecordBody;
import io.stagedoor.proxy.audit.segment.PlacedRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the writer thread does: takes batches, makes them durable, tells who waits, and after a
 * failure tries again until it works or the journal is closed.
 *
 * <p>Confined to its thread, but for the figures that others read.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    private final CommitQueue queue;
    private final Chain chain;
    private final JournalSettings settings;
    private final InstantSource clock;
    private final Set<String> open;
    private final CommitListener listener;
    private boolean failed;
    private volatile int openCount;
    private volatile long durableSeq;

    private record Staged(Pending pending, PlacedRecord placed) {}

    JournalWriter(
            CommitQueue queue,
            Chain chain,
            JournalSettings settings,
            InstantSource clock,
            List<String> open,
            CommitListener listener) {
        this.listener = listener;
        this.queue = queue;
        this.chain = chain;
        this.settings = settings;
        this.clock = clock;
        this.open = new LinkedHashSet<>(open);
        this.openCount = open.size();
        this.durableSeq = chain.durable().seq();
    }

    /** Gives how many exchanges are open; may be read by any thread. */
    int openCount() {
        return openCount;
    }

    /** Gives the last sequence number that is on disk; may be read by any thread. */
    long durableSeq() {
        return durableSeq;
    }

    @Override
    public void run() {
        try {
            while (!queue.isClosed()) {
                step();
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(List.of(), new IOException("the writer thread was interrupted", e));
        } finally {
            closeChain();
        }
    }

    private void step() throws InterruptedException {
        if (!isReady()) {
            queue.pause(settings.probeInterval());
            return;
        }
        List<Pending> batch = queue.take(settings.idleInterval());
        if (batch.isEmpty() && !queue.isClosed()) {
            note(JournalEvent.Reason.IDLE);
        } else {
            write(batch);
        }
    }

    /** Writes what is left, as far as it goes, and a sign that this was a good end. */
    private void finish() throws InterruptedException {
        boolean ready = isReady();
        List<Pending> batch = queue.take(settings.idleInterval());
        while (ready && !batch.isEmpty()) {
            write(batch);
            ready = !failed;
            batch = queue.take(settings.idleInterval());
        }
        if (ready) {
            note(JournalEvent.Reason.CLOSED);
        }
        if (!batch.isEmpty()) {
            fail(batch, new IOException("the journal was closed while it could not be written"));
            LOG.atError().addKeyValue("lost", queue.state().size()).log("audit records were lost");
        }
    }

    private boolean isReady() {
        if (!failed && chain.hasSegment()) {
            return true;
        }
        try {
            chain.repair(clock.instant(), List.copyOf(open));
            durableSeq = chain.durable().seq();
            queue.recovered();
            boolean wasFailed = failed;
            failed = false;
            if (wasFailed) {
                LOG.atInfo().addKeyValue("seq", durableSeq).log("audit journal writes again");
                note(JournalEvent.Reason.RECOVERED);
            }
            return !failed;
        } catch (IOException | RuntimeException e) {
            fail(List.of(), e);
            return false;
        }
    }

    private void note(JournalEvent.Reason reason) {
        RecordBody checkpoint = new Checkpoint(reason, open.size());
        write(List.of(new Pending.Riding(checkpoint, clock.instant(), System.nanoTime())));
    }

    private void write(List<Pending> batch) {
        List<Staged> staged = new ArrayList<>(batch.size());
        long begun = System.nanoTime();
        try {
            for (Pending pending : batch) {
                stage(pending, staged);
            }
            chain.commit(batch.stream().anyMatch(Pending.Awaited.class::isInstance));
        } catch (IOException | RuntimeException e) {
            fail(batch, e);
            return;
        }
        listener.committed(staged.size(), Duration.ofNanos(System.nanoTime() - begun));
        staged.forEach(this::follow);
        openCount = open.size();
        durableSeq = chain.durable().seq();
        queue.committed();
        staged.forEach(JournalWriter::tell);
        rollWhenFull();
    }

    private void stage(Pending pending, List<Staged> staged) throws IOException {
        try {
            staged.add(new Staged(pending, chain.stage(pending.time(), pending.body())));
        } catch (IllegalArgumentException e) {
            LOG.atError().setCause(e).log("audit record could not be encoded");
            disappoint(pending, new JournalUnavailableException("it cannot be encoded", e));
        }
    }

    /** A journal that is closing ends with the sign that it was closed, however full it is. */
    private void rollWhenFull() {
        if (chain.isFull() && !queue.isClosed()) {
            try {
                chain.roll(clock.instant(), List.copyOf(open));
                durableSeq = chain.durable().seq();
            } catch (IOException | RuntimeException e) {
                fail(List.of(), e);
            }
        }
    }

    private void follow(Staged staged) {
        listener.committed(staged.placed());
        switch (staged.pending().body()) {
            case AuditEvent.Decided decided when decided.opensExchange() ->
                    open.add(decided.request().id());
            case AuditEvent.Completed completed -> open.remove(completed.requestId());
            default -> {
                // Neither opens nor ends an exchange.
            }
        }
    }

    private void fail(List<Pending> unwritten, Exception cause) {
        String reason = "the journal cannot be written: " + cause.getMessage();
        if (!failed) {
            LOG.atError().setCause(cause).log("audit journal failed");
        }
        failed = true;
        JournalUnavailableException told = new JournalUnavailableException(reason, cause);
        List<Pending> kept = unwritten.stream().filter(JournalWriter::isWorthKeeping).toList();
        queue.failed(reason, kept).forEach(one -> one.receipt().completeExceptionally(told));
    }

    /** A sign of life that could not be written would tell nothing later. */
    private static boolean isWorthKeeping(Pending pending) {
        return !(pending.body() instanceof Checkpoint);
    }

    private static void tell(Staged staged) {
        if (staged.pending() instanceof Pending.Awaited awaited) {
            awaited.receipt().complete(new Receipt(staged.placed().seq(), staged.placed().hash()));
        }
    }

    private static void disappoint(Pending pending, JournalUnavailableException reason) {
        if (pending instanceof Pending.Awaited awaited) {
            awaited.receipt().completeExceptionally(reason);
        }
    }

    private void closeChain() {
        try {
            chain.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("audit journal did not close in good order");
        }
    }
}
