package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.segment.JournalFeed;
import io.stagedoor.proxy.audit.segment.JournalPlace;
import io.stagedoor.proxy.audit.store.Database;
import io.stagedoor.proxy.audit.store.IndexSchema;
import io.stagedoor.proxy.audit.store.RecordIndexer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of one journal, in the journal's own directory; for one thread at a time, while others
 * may have the same index open in other processes.
 *
 * <p>Whoever opens it may bring it up to date: how far it has read stands in the same transaction as
 * what it took in, so two that do so at once do no work twice. An index of another layout, a damaged
 * one, and one that is ahead of its journal (which a power cut can bring about) is built anew.
 */
public final class AuditIndex implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditIndex.class);
    private static final String FILE = "index.db";
    private static final int BATCH = 1_000;

    private final Path directory;
    private final JournalFeed feed;
    private final boolean readOnly;
    private Database database;
    private RecordIndexer indexer;

    private AuditIndex(Path directory, boolean readOnly, Database database) {
        this.directory = directory;
        this.feed = new JournalFeed(new FileStorage(directory));
        this.readOnly = readOnly;
        this.database = database;
        this.indexer = new RecordIndexer(database);
    }

    /**
     * Opens the index of a journal, or begins one.
     *
     * @throws IOException when it can be neither read nor begun
     */
    public static AuditIndex open(Path directory) throws IOException {
        boolean readOnly = !Files.isWritable(directory);
        AuditIndex index = new AuditIndex(directory, readOnly, connect(directory, readOnly));
        try {
            index.makeUsable();
            return index;
        } catch (IOException e) {
            index.close();
            throw e;
        }
    }

    /**
     * Takes in the records that the index has not read yet; does nothing when it may not be written.
     *
     * @param upTo the last sequence number to take in
     * @return the last sequence number taken in now
     */
    public long catchUp(long upTo) throws IOException {
        if (readOnly) {
            return seq();
        }
        try {
            takeInAll(upTo);
        } catch (IOException e) {
            if (!Database.isDamage(e)) {
                throw e;
            }
            mayRebuild("it is damaged");
            replace();
        }
        return seq();
    }

    /** Throws away what the index holds and builds it from the journal again. */
    public void rebuild() throws IOException {
        IndexSchema.recreate(database);
        takeInAll(Long.MAX_VALUE);
    }

    /** Gives the last sequence number that the index has taken in. */
    public long seq() throws IOException {
        return place().seq();
    }

    /** Gives the questions that can be asked. */
    public IndexQueries queries() {
        return new IndexQueries(database, feed);
    }

    @Override
    public void close() throws IOException {
        database.close();
    }

    private void makeUsable() throws IOException {
        try {
            if (!readOnly && IndexSchema.isEmpty(database)) {
                IndexSchema.create(database);
            }
            if (!IndexSchema.isIn(database)) {
                mayRebuild("it has another layout");
                rebuild();
            } else if (!fitsJournal()) {
                mayRebuild("it does not fit the journal");
                rebuild();
            }
        } catch (IOException e) {
            if (!Database.isDamage(e)) {
                throw e;
            }
            mayRebuild("it is damaged");
            replace();
        }
    }

    private void mayRebuild(String reason) throws IOException {
        if (readOnly) {
            throw new IOException("the audit index cannot be used: " + reason);
        }
        LOG.atWarn().addKeyValue("reason", reason).log("audit index is built anew");
    }

    private static Database connect(Path directory, boolean readOnly) throws IOException {
        try {
            return Database.open(file(directory), readOnly);
        } catch (IOException e) {
            if (readOnly || !Database.isDamage(e)) {
                throw e;
            }
            LOG.atWarn().setCause(e).log("audit index is no database; it is built anew");
            delete(directory);
            return Database.open(file(directory), false);
        }
    }

    private static void delete(Path directory) throws IOException {
        for (String name : List.of(FILE, FILE + "-wal", FILE + "-shm")) {
            Files.deleteIfExists(directory.resolve(name));
        }
    }

    /** Takes a new file in place of one that is no database any more. */
    private void replace() throws IOException {
        database.close();
        delete(directory);
        database = Database.open(file(directory), false);
        indexer = new RecordIndexer(database);
        IndexSchema.create(database);
        takeInAll(Long.MAX_VALUE);
    }

    /** Tells whether the journal still has the record that the index took in last. */
    private boolean fitsJournal() throws IOException {
        JournalPlace place = place();
        Optional<Integer> length =
                database.find(
                        row -> row.getInt(1),
                        "SELECT length FROM record WHERE seq = ?",
                        place.seq());
        return place.equals(JournalPlace.START)
                || (length.isPresent()
                        && feed.stillHas(place, place.offset() - length.get() - 1, length.get()));
    }

    private void takeInAll(long upTo) throws IOException {
        boolean more = true;
        while (more) {
            more = takeIn(upTo);
        }
    }

    private boolean takeIn(long upTo) throws IOException {
        boolean[] more = {false};
        database.transaction(
                () -> {
                    List<JournalFeed.Fed> batch = feed.after(place(), upTo, BATCH);
                    for (JournalFeed.Fed fed : batch) {
                        indexer.add(fed);
                    }
                    if (!batch.isEmpty()) {
                        moveTo(batch.getLast().after());
                    }
                    more[0] = batch.size() == BATCH;
                });
        return more[0];
    }

    private JournalPlace place() throws IOException {
        return database.find(
                        row ->
                                new JournalPlace(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getString(4)),
                        "SELECT segment, offset, seq, hash FROM place WHERE one = 1")
                .orElse(JournalPlace.START);
    }

    private void moveTo(JournalPlace place) throws IOException {
        database.update(
                "INSERT OR REPLACE INTO place (one, segment, offset, seq, hash)"
                        + " VALUES (1, ?, ?, ?, ?)",
                place.segment(),
                place.offset(),
                place.seq(),
                place.hash());
    }

    private static Path file(Path directory) {
        return directory.resolve(FILE);
    }
}
