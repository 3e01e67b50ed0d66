package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.store.Block;
import io.stagedoor.proxy.audit.store.BlockBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index up to date with a journal that is being written, on a thread of its own.
 *
 * <p>Takes in only what is on disk, block by block as the writer gathered them. Trouble with the index never reaches the journal: it is logged,
 * the index lags, and the next attempt follows.
 */
final class IndexFollower implements Runnable, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Path directory;
    private final LongSupplier durableSeq;
    private final BlockFeed blocks;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile long indexedSeq;

    IndexFollower(Path directory, LongSupplier durableSeq, BlockFeed blocks) {
        this.blocks = blocks;
        this.directory = directory;
        this.durableSeq = durableSeq;
        this.thread = Thread.ofPlatform().daemon().name("audit-index").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /**
     * Gives how many records are on disk and not in the index, not counting the block that is being
     * filled; may be read by any thread.
     */
    long lag() {
        long behind = durableSeq.getAsLong() - indexedSeq;
        return behind > BlockBuilder.MOST_RECORDS ? behind : 0;
    }

    @Override
    public void run() {
        try {
            while (!isClosing(Duration.ZERO)) {
                follow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        try (AuditIndex index = AuditIndex.open(directory)) {
            indexedSeq = index.catchUp(durableSeq.getAsLong());
            boolean last = false;
            while (!last) {
                last = isClosing(PAUSE);
                takeIn(index);
            }
            indexedSeq = index.catchUp(durableSeq.getAsLong());
        } catch (IOException e) {
            LOG.atError().setCause(e).log("audit index is behind");
            isClosing(AFTER_TROUBLE);
        }
    }

    /** A block that does not fit, or was lost, is read back from the journal. */
    private void takeIn(AuditIndex index) throws IOException {
        for (Block block : blocks.drain()) {
            indexedSeq = index.add(block) ? block.end().seq() : index.catchUp(block.end().seq());
        }
    }

    private boolean isClosing(Duration wait) throws InterruptedException {
        return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
