package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.segment.JournalFeed;
import io.stagedoor.proxy.audit.segment.JournalPlace;
import io.stagedoor.proxy.audit.store.Block;
import io.stagedoor.proxy.audit.store.BlockBuilder;
import io.stagedoor.proxy.audit.store.BlockIndexer;
import io.stagedoor.proxy.audit.store.Database;
import io.stagedoor.proxy.audit.store.IndexSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final int BATCH = BlockBuilder.MOST_RECORDS;

    private final Path directory;
    private final JournalFeed feed;
    private final boolean readOnly;
    private Database database;
    private BlockIndexer indexer;

    private AuditIndex(Path directory, boolean readOnly, Database database) {
        this.directory = directory;
        this.feed = new JournalFeed(new FileStorage(directory));
        this.readOnly = readOnly;
        this.database = database;
        this.indexer = new BlockIndexer(database);
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

    /**
     * Takes in a block that was gathered while it was written.
     *
     * @return false, and nothing is taken in, when the block does not begin where the index ends
     */
    public boolean add(Block block) throws IOException {
        boolean[] follows = {false};
        database.transaction(
                () -> {
                    follows[0] = isNext(block.extent(), place());
                    if (follows[0]) {
                        indexer.add(block);
                        moveTo(block);
                    }
                });
        return follows[0];
    }

    /** The seal that ends a segment is nobody's to find, so a new segment follows without it. */
    private static boolean isNext(Block.Extent extent, JournalPlace place) {
        return extent.segment() == place.segment()
                ? extent.offset() == place.offset()
                : extent.segment() > place.segment() && extent.offset() == 0;
    }

    /** Gives the last sequence number that the index has taken in. */
    public long seq() throws IOException {
        return place().seq();
    }

    /** Gives the questions that can be asked. */
    public IndexQueries queries() {
        return new IndexQueries(database, new BlockReader(new FileStorage(directory)));
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
        indexer = new BlockIndexer(database);
        IndexSchema.create(database);
        takeInAll(Long.MAX_VALUE);
    }

    /** Tells whether the journal still has the record that the index took in last. */
    private boolean fitsJournal() throws IOException {
        JournalPlace place = place();
        int length = lastLength();
        return place.equals(JournalPlace.START)
                || feed.stillHas(place, place.offset() - length - 1, length);
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
                    for (Block block : JournalBlocks.of(batch, place())) {
                        indexer.add(block);
                        moveTo(block);
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

    private int lastLength() throws IOException {
        return database.find(row -> row.getInt(1), "SELECT length FROM place WHERE one = 1")
                .orElse(0);
    }

    private void moveTo(Block block) throws IOException {
        database.update(
                "INSERT OR REPLACE INTO place (one, segment, offset, seq, hash, length)"
                        + " VALUES (1, ?, ?, ?, ?, ?)",
                block.extent().segment(),
                block.extent().end(),
                block.end().seq(),
                block.end().hash(),
                block.end().length());
    }

    private static Path file(Path directory) {
        return directory.resolve(FILE);
    }
}
