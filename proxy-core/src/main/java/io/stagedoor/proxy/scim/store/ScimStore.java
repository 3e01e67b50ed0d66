package io.stagedoor.proxy.scim.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users and groups that one directory pushed.
 *
 * <p>Reading waits for nobody who writes to disk, and may be done anywhere; changes are made one
 * after the other and block until they are on disk. Safe for any thread.
 */
public final class ScimStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScimStore.class);

    private final ScimState state;
    private final Log log;
    private final ReentrantLock changing = new ReentrantLock();
    private final ReentrantReadWriteLock memory = new ReentrantReadWriteLock();

    /** Counts changes; written under the lock for memory. */
    private final AtomicLong version = new AtomicLong();

    /** Where changes are kept. */
    interface Log extends AutoCloseable {

        /** Adds a line and brings it to disk, or leaves everything as it was. */
        void append(String line) throws IOException;

        /** Saves room, if it is worth it. */
        void tidy(ScimState state) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Works out what is to be changed. */
    @FunctionalInterface
    public interface Planning<X extends Exception> {

        /**
         * Returns the changes; none if all is so already.
         *
         * @throws X if it may not be changed
         */
        List<Change> plan(ScimState state) throws X;
    }

    ScimStore(ScimState state, Log log) {
        this.state = state;
        this.log = log;
    }

    /**
     * Opens the store of a folder, which is made if it is not there.
     *
     * @throws IOException if it cannot be used
     */
    public static ScimStore open(Path folder) throws IOException {
        ScimState state = new ScimState();
        ChangeJournal journal = ChangeJournal.open(folder, state);
        return new ScimStore(
                state,
                new Log() {
                    @Override
                    public void append(String line) throws IOException {
                        journal.append(line);
                    }

                    @Override
                    public void tidy(ScimState now) throws IOException {
                        if (journal.isWasteful()) {
                            journal.rewrite(now.all());
                        }
                    }

                    @Override
                    public void close() throws IOException {
                        journal.close();
                    }
                });
    }

    /** Returns a number that changes with each change. */
    public long version() {
        return version.get();
    }

    /** Looks something up. What is returned must not hold on to the state. */
    public <T> T read(Function<ScimState, T> question) {
        memory.readLock().lock();
        try {
            return question.apply(state);
        } finally {
            memory.readLock().unlock();
        }
    }

    /**
     * Changes what is planned, as a whole or not at all.
     *
     * @throws IOException if it could not be brought to disk; nothing has changed then
     * @throws X if the plan throws it
     */
    public <X extends Exception> void change(Planning<X> planning) throws X, IOException {
        changing.lock();
        try {
            List<Change> changes = planning.plan(state);
            if (!changes.isEmpty()) {
                log.append(Change.line(changes));
                take(changes);
                tidy();
            }
        } finally {
            changing.unlock();
        }
    }

    private void take(List<Change> changes) {
        memory.writeLock().lock();
        try {
            state.apply(changes);
            version.incrementAndGet();
        } finally {
            memory.writeLock().unlock();
        }
    }

    /** The change is on disk: that room could not be saved is no reason to call it failed. */
    private void tidy() {
        try {
            log.tidy(state);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("a journal was not tidied");
        }
    }

    @Override
    public void close() throws IOException {
        changing.lock();
        try {
            log.close();
        } finally {
            changing.unlock();
        }
    }
}
