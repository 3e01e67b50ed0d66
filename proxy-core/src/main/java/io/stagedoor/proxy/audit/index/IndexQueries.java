package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.JournalFeed;
import io.stagedoor.proxy.audit.store.Database;
import io.stagedoor.proxy.audit.store.RecordIndexer;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The questions an index answers, each by seeking in an index of its own, so that the answer costs
 * what it is long and not what the journal is.
 */
public final class IndexQueries {
    /** How many decisions of a job's starting and cancelling are given. */
    public static final int MOST_CHANGES = 200;

    /** How many of the calls that only touched a job are given, the newest. */
    public static final int MOST_TOUCHES = 200;

    private static final int MOST_COUNTED = 100_000;
    private static final String DECISION = "SELECT seq FROM decision WHERE ";
    private static final String WITHIN =
            " AND time BETWEEN ? AND ? ORDER BY time DESC, seq DESC LIMIT ?";

    private final Database database;
    private final JournalFeed feed;

    IndexQueries(Database database, JournalFeed feed) {
        this.database = database;
        this.feed = feed;
    }

    /**
     * Which records mention a job.
     *
     * @param requests the ids of their requests, the oldest first
     * @param omitted how many more calls only touched it
     */
    public record Mentions(List<String> requests, long omitted) {

        /** Copies the ids. */
        public Mentions {
            requests = List.copyOf(requests);
        }
    }

    /** Gives every job that has an id, in its canonical form, of whatever kind. */
    public List<JobKey> jobsWithId(String id) throws IOException {
        return database.list(
                IndexQueries::jobKey,
                "SELECT platform, workspace, pool, kind, value FROM job WHERE value = ?"
                        + " ORDER BY kind, workspace, pool, platform LIMIT 100",
                JobKey.canonicalId(id));
    }

    /** Gives the jobs that hang together with one, and nothing when it was never seen. */
    public Optional<JobGraph> graphOf(JobKey job) throws IOException {
        Optional<Long> id = idOf(job);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        JobWalk walk = new JobWalk(database);
        walk.from(id.get());
        return Optional.of(walk.graph());
    }

    /** Gives the requests that had to do with any of the jobs. */
    public Mentions mentionsOf(List<JobKey> jobs) throws IOException {
        Set<Long> seqs = new LinkedHashSet<>();
        long touches = 0;
        long touchesGiven = 0;
        for (JobKey job : jobs) {
            long id = idOf(job).orElse(-1L);
            seqs.addAll(seqs("0", "ASC", id, MOST_CHANGES));
            int room = Math.clamp(MOST_TOUCHES * 5L - seqs.size(), 0, MOST_TOUCHES);
            List<Long> newest = seqs("1", "DESC", id, room);
            seqs.addAll(newest);
            touchesGiven += newest.size();
            touches += newest.size() < room ? newest.size() : countTouches(id);
        }
        return new Mentions(requests(seqs), touches - touchesGiven);
    }

    /** Gives the decisions that pass a filter, the newest first. */
    public List<AuditRecord> decisions(DecisionFilter filter, TimeRange range, int limit)
            throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        for (long seq : decisionSeqs(filter, range, limit)) {
            record(seq).ifPresent(records::add);
        }
        return records;
    }

    /**
     * Gives the requests that started, or stopped, jobs of a kind, those of the newest jobs first.
     *
     * @param limit how many at most
     */
    public List<String> changersOf(String kind, int limit) throws IOException {
        return database.list(
                row -> row.getString(1),
                "SELECT record.request FROM job JOIN mention ON mention.job = job.id AND"
                        + " mention.touch = 0 JOIN record ON record.seq = mention.seq"
                        + " WHERE job.kind = ? ORDER BY job.id DESC LIMIT ?",
                kind,
                limit);
    }

    /** Gives all records of one request, in order. */
    public List<AuditRecord> ofRequest(String requestId) throws IOException {
        List<AuditRecord> records = new ArrayList<>();
        for (long seq :
                database.list(
                        row -> row.getLong(1),
                        "SELECT seq FROM record WHERE request = ? ORDER BY seq LIMIT 100",
                        requestId)) {
            record(seq).ifPresent(records::add);
        }
        return records;
    }

    /** Gives all records of the request that a decision was about, in order. */
    public List<AuditRecord> withEnd(AuditRecord decision) throws IOException {
        return decision.body() instanceof AuditEvent.Decided decided
                ? ofRequest(decided.request().id())
                : List.of(decision);
    }

    /** Gives one record, as it stands in the journal. */
    public Optional<AuditRecord> record(long seq) throws IOException {
        Optional<byte[]> line =
                database.find(
                                row -> new Where(row.getLong(1), row.getLong(2), row.getInt(3)),
                                "SELECT segment, offset, length FROM record WHERE seq = ?",
                                seq)
                        .map(this::line)
                        .orElse(Optional.empty());
        return line.isPresent() ? Optional.of(RecordDecoder.decode(line.get())) : Optional.empty();
    }

    static JobKey jobKey(ResultSet row) throws SQLException {
        String pool = row.getString(3);
        return new JobKey(
                row.getString(1),
                row.getString(2),
                pool.isEmpty() ? Optional.empty() : Optional.of(pool),
                row.getString(4),
                row.getString(5));
    }

    private record Where(long segment, long offset, int length) {}

    private Optional<byte[]> line(Where where) {
        try {
            return feed.line(where.segment(), where.offset(), where.length());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Long> decisionSeqs(DecisionFilter filter, TimeRange range, int limit)
            throws IOException {
        long from = RecordIndexer.micros(range.from());
        long to = RecordIndexer.micros(range.to());
        return switch (filter) {
            case DecisionFilter.Everything() -> seqs(DECISION + "TRUE" + WITHIN, from, to, limit);
            case DecisionFilter.ByCode(String code) ->
                    seqs(DECISION + "code = ?" + WITHIN, code, from, to, limit);
            case DecisionFilter.ByPrincipal(String who) -> byPrincipal(who, from, to, limit);
            case DecisionFilter.ByResource(String workspace, String kind, Optional<String> name) ->
                    name.isPresent()
                            ? seqs(
                                    DECISION + "workspace = ? AND kind = ? AND name = ?" + WITHIN,
                                    workspace,
                                    kind,
                                    name.get(),
                                    from,
                                    to,
                                    limit)
                            : seqs(
                                    DECISION + "workspace = ? AND kind = ?" + WITHIN,
                                    workspace,
                                    kind,
                                    from,
                                    to,
                                    limit);
        };
    }

    private List<Long> byPrincipal(String who, long from, long to, int limit) throws IOException {
        List<Long> byId = seqs(DECISION + "principal = ?" + WITHIN, who, from, to, limit);
        return byId.isEmpty() ? seqs(DECISION + "label = ?" + WITHIN, who, from, to, limit) : byId;
    }

    private List<Long> seqs(String sql, Object... parameters) throws IOException {
        return database.list(row -> row.getLong(1), sql, parameters);
    }

    private List<Long> seqs(String touch, String order, long job, int limit) throws IOException {
        return seqs(
                String.format(
                        Locale.ROOT,
                        "SELECT seq FROM mention WHERE job = ? AND touch = %s ORDER BY seq %s LIMIT ?",
                        touch,
                        order),
                job,
                limit);
    }

    long countTouches(long job) throws IOException {
        return database.find(
                        row -> row.getLong(1),
                        "SELECT count(*) FROM"
                                + " (SELECT 1 FROM mention WHERE job = ? AND touch = 1 LIMIT "
                                + MOST_COUNTED
                                + ")",
                        job)
                .orElse(0L);
    }

    private List<String> requests(Set<Long> seqs) throws IOException {
        Set<String> requests = new LinkedHashSet<>();
        for (long seq : seqs.stream().sorted().toList()) {
            database.find(
                            row -> row.getString(1),
                            "SELECT request FROM record WHERE seq = ? AND request IS NOT NULL",
                            seq)
                    .ifPresent(requests::add);
        }
        return List.copyOf(requests);
    }

    private Optional<Long> idOf(JobKey job) throws IOException {
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
