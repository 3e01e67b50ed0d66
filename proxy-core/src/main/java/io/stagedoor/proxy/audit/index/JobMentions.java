package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.store.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds the requests that had to do with jobs; for one thread. */
public final class JobMentions {
    /** How many records of a job's starting and cancelling are given. */
    public static final int MOST_CHANGES = 200;

    /** How many of the records that only touched a job are given, the newest. */
    public static final int MOST_TOUCHES = 200;

    private static final Predicate<JobMention> CHANGES =
            mention -> mention.role() != JobMention.Role.TOUCHED;

    private final Database database;
    private final BlockDirectory blocks;
    private final BlockReader reader;

    JobMentions(Database database, BlockDirectory blocks, BlockReader reader) {
        this.database = database;
        this.blocks = blocks;
        this.reader = reader;
    }

    /**
     * A request, and a block that has a record of it.
     *
     * @param request the id of the request
     * @param block the number of the block
     */
    public record Place(String request, long block) {}

    /**
     * The requests that mention a job.
     *
     * @param places where they are, the oldest first
     * @param omitted how many more records only touched it
     */
    public record Found(List<Place> places, long omitted) {
        /** Copies the places. */
        public Found {
            places = List.copyOf(places);
        }

        /** Gives the ids of the requests, each once. */
        public List<String> requests() {
            return places.stream().map(Place::request).distinct().toList();
        }
    }

    Found of(List<JobKey> jobs) throws IOException {
        Map<Long, Place> found = new TreeMap<>();
        long omitted = 0;
        for (JobKey job : jobs) {
            long id = idOf(database, job).orElse(-1L);
            collect(changesOf(id), job, CHANGES, MOST_CHANGES, found);
            int room = Math.clamp(MOST_TOUCHES * 5L - found.size(), 0, MOST_TOUCHES);
            int given = collect(touchesOf(id), job, CHANGES.negate(), room, found);
            omitted += countTouches(id) - given;
        }
        return new Found(once(found), omitted);
    }

    private static List<Place> once(Map<Long, Place> found) {
        Set<String> seen = new LinkedHashSet<>();
        return found.values().stream().filter(place -> seen.add(place.request())).toList();
    }

    /** Collects the records of a job from blocks until there are enough; gives how many there are. */
    private int collect(
            List<Long> from,
            JobKey job,
            Predicate<JobMention> role,
            int most,
            Map<Long, Place> found)
            throws IOException {
        Needle needle = Needle.of(job.id());
        int count = 0;
        for (long block : from) {
            List<AuditRecord> records = count < most ? recordsOf(block, needle) : List.of();
            for (AuditRecord record : records.reversed()) {
                boolean meant =
                        mentionsOf(record).stream()
                                .anyMatch(one -> one.job().equals(job) && role.test(one));
                if (meant && count < most) {
                    count++;
                    found.put(record.seq(), new Place(ExchangeFinder.requestOf(record), block));
                }
            }
        }
        return count;
    }

    /** Gives where the newest requests are that started or stopped jobs of a kind. */
    List<Place> changersOf(String kind, int limit) throws IOException {
        Set<Long> from =
                new LinkedHashSet<>(
                        database.list(
                                row -> row.getLong(1),
                                "SELECT mention.block FROM job CROSS JOIN mention"
                                        + " ON mention.job = job.id AND mention.touch = 0"
                                        + " WHERE job.kind = ? ORDER BY job.id DESC LIMIT ?",
                                kind,
                                limit));
        Set<Place> places = new LinkedHashSet<>();
        for (long block : from) {
            for (AuditRecord record : recordsOf(block, Needle.of(kind)).reversed()) {
                boolean changes =
                        mentionsOf(record).stream()
                                .anyMatch(
                                        one -> one.job().kind().equals(kind) && CHANGES.test(one));
                if (changes && places.size() < limit) {
                    places.add(new Place(ExchangeFinder.requestOf(record), block));
                }
            }
        }
        return new ArrayList<>(places);
    }

    private List<AuditRecord> recordsOf(long block, Needle needle) throws IOException {
        Optional<BlockDirectory.Known> known = blocks.block(block);
        return known.isPresent() ? reader.find(known.get().extent(), needle) : List.of();
    }

    private List<Long> changesOf(long job) throws IOException {
        return database.list(
                row -> row.getLong(1),
                "SELECT block FROM mention WHERE job = ? AND touch = 0 ORDER BY block LIMIT ?",
                job,
                MOST_CHANGES);
    }

    private List<Long> touchesOf(long job) throws IOException {
        return database.list(
                row -> row.getLong(1),
                "SELECT block FROM mention WHERE job = ? AND touch = 1 ORDER BY block DESC LIMIT ?",
                job,
                MOST_TOUCHES);
    }

    private long countTouches(long job) throws IOException {
        return database.find(
                        row -> row.getLong(1),
                        "SELECT total(calls) FROM mention WHERE job = ? AND touch = 1",
                        job)
                .orElse(0L);
    }

    private static List<JobMention> mentionsOf(AuditRecord record) {
        return switch (record.body()) {
            case AuditEvent.Decided decided -> decided.jobs();
            case AuditEvent.Completed completed -> completed.jobs();
            default -> List.of();
        };
    }

    static Optional<Long> idOf(Database database, JobKey job) throws IOException {
        return database.find(
                row -> row.getLong(1),
                "SELECT id FROM job WHERE value = ? AND kind = ? AND workspace = ?"
                        + " AND pool = ? AND platform = ?",
                job.id(),
                job.kind(),
                job.workspace(),
                job.pool().orElse(""),
                job.platform());
    }
}
