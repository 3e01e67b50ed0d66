package io.stagedoor.proxy.audit.store;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Puts the keys of blocks into the tables; within the caller's transaction. */
public final class BlockIndexer {
    private final Database database;

    /** Makes an indexer into a database. */
    public BlockIndexer(Database database) {
        this.database = database;
    }

    /** Takes in one block, which must follow the one taken in last. */
    public void add(Block block) throws IOException {
        long id = insert(block);
        for (String term : block.terms()) {
            database.update("INSERT INTO posting (term, block) VALUES (?, ?)", term, id);
        }
        Map<JobKey, Long> jobs = new HashMap<>();
        for (Map.Entry<JobKey, Block.Calls> mention : block.mentions().entrySet()) {
            mention(idOf(mention.getKey(), jobs), mention.getValue(), id);
        }
        for (JobEdge edge : block.edges()) {
            database.update(
                    "INSERT OR IGNORE INTO edge (source, target) VALUES (?, ?)",
                    idOf(edge.from(), jobs),
                    idOf(edge.to(), jobs));
        }
    }

    /** Gives a time as the tables have it: microseconds since 1970. */
    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private long insert(Block block) throws IOException {
        return database.insert(
                "INSERT INTO block (segment, start, finish, first_time, last_time, requests)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                block.extent().segment(),
                block.extent().offset(),
                block.extent().end(),
                micros(block.from()),
                micros(block.to()),
                RequestFilter.of(block.requests()));
    }

    private void mention(long job, Block.Calls calls, long block) throws IOException {
        if (calls.changes() > 0) {
            mention(job, 0, calls.changes(), block);
        }
        if (calls.touches() > 0) {
            mention(job, 1, calls.touches(), block);
        }
    }

    private void mention(long job, int touch, int calls, long block) throws IOException {
        database.update(
                "INSERT INTO mention (job, touch, block, calls) VALUES (?, ?, ?, ?)",
                job,
                touch,
                block,
                calls);
    }

    private long idOf(JobKey job, Map<JobKey, Long> known) throws IOException {
        Long id = known.get(job);
        if (id == null) {
            id = idOf(job);
            known.put(job, id);
        }
        return id;
    }

    private long idOf(JobKey key) throws IOException {
        String pool = key.pool().orElse("");
        var found =
                database.find(
                        row -> row.getLong(1),
                        "SELECT id FROM job WHERE value = ? AND kind = ? AND workspace = ?"
                                + " AND pool = ? AND platform = ?",
                        key.id(),
                        key.kind(),
                        key.workspace(),
                        pool,
                        key.platform());
        return found.isPresent()
                ? found.get()
                : database.insert(
                        "INSERT INTO job (value, kind, workspace, pool, platform)"
                                + " VALUES (?, ?, ?, ?, ?)",
                        key.id(),
                        key.kind(),
                        key.workspace(),
                        pool,
                        key.platform());
    }
}
