package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.fact.CallerFacts.PrincipalFacts;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.store.Database;
import io.stagedoor.proxy.audit.store.Term;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The questions an index answers: each finds the blocks that have an answer by seeking, and reads
 * only those, so that an answer costs what it is long and not what the journal is. One costs more:
 * to find a request by its id alone, the filters of all blocks since are looked at.
 */
public final class IndexQueries {
    private static final Comparator<Hit> NEWEST_FIRST =
            Comparator.comparing((Hit hit) -> hit.record().time())
                    .thenComparingLong(hit -> hit.record().seq())
                    .reversed();

    private final Database database;
    private final BlockDirectory blocks;
    private final BlockReader reader;
    private final ExchangeFinder exchanges;

    IndexQueries(Database database, BlockReader reader) {
        this.database = database;
        this.blocks = new BlockDirectory(database);
        this.reader = reader;
        this.exchanges = new ExchangeFinder(blocks, reader);
    }

    /** A decision that was found, and the block it stands in. */
    private record Hit(AuditRecord record, long block) {}

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
        Optional<Long> id = JobMentions.idOf(database, job);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        JobWalk walk = new JobWalk(database);
        walk.from(id.get());
        return Optional.of(walk.graph());
    }

    /** Gives the requests that had to do with any of the jobs. */
    public JobMentions.Found mentionsOf(List<JobKey> jobs) throws IOException {
        return new JobMentions(database, blocks, reader).of(jobs);
    }

    /**
     * Gives the records of the requests that started, or stopped, jobs of a kind, those of the
     * newest jobs first.
     *
     * @param limit how many at most
     */
    public List<List<AuditRecord>> changersOf(String kind, int limit) throws IOException {
        List<List<AuditRecord>> changers = new ArrayList<>();
        for (JobMentions.Place place :
                new JobMentions(database, blocks, reader).changersOf(kind, limit)) {
            changers.add(around(place));
        }
        return changers;
    }

    /** Gives the decisions that pass a filter, the newest first. */
    public List<AuditRecord> decisions(DecisionFilter filter, TimeRange range, int limit)
            throws IOException {
        return hits(filter, range, limit).stream().map(Hit::record).toList();
    }

    /** Gives the records of the requests whose decisions pass a filter, the newest first. */
    public List<List<AuditRecord>> exchanges(DecisionFilter filter, TimeRange range, int limit)
            throws IOException {
        List<List<AuditRecord>> found = new ArrayList<>();
        for (Hit hit : hits(filter, range, limit)) {
            found.add(exchanges.around(ExchangeFinder.requestOf(hit.record()), hit.block()));
        }
        return found;
    }

    /** Gives all records of one request, in order. */
    public List<AuditRecord> ofRequest(String requestId) throws IOException {
        return exchanges.of(requestId);
    }

    /** Gives all records of a request that was found, in order. */
    public List<AuditRecord> around(JobMentions.Place place) throws IOException {
        return exchanges.around(place.request(), place.block());
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

    private List<Hit> hits(DecisionFilter filter, TimeRange range, int limit) throws IOException {
        return switch (filter) {
            case DecisionFilter.Everything() ->
                    hits(Optional.empty(), Needle.any(), _ -> true, range, limit);
            case DecisionFilter.ByCode(String code) ->
                    hits(
                            Optional.of(Term.code(code)),
                            Needle.of(code),
                            decided -> decided.decision().code().equals(code),
                            range,
                            limit);
            case DecisionFilter.ByPrincipal(String who) -> byPrincipal(who, range, limit);
            case DecisionFilter.ByResource about ->
                    hits(
                            Optional.of(
                                    Term.resource(about.workspace(), about.kind(), about.name())),
                            Needle.of(about.name().orElse(about.kind())),
                            about::isAbout,
                            range,
                            limit);
        };
    }

    private List<Hit> byPrincipal(String who, TimeRange range, int limit) throws IOException {
        List<Hit> byId =
                hits(
                        Optional.of(Term.principal(who)),
                        Needle.of(who),
                        decided -> isBy(decided, facts -> facts.objectId().equalsIgnoreCase(who)),
                        range,
                        limit);
        return byId.isEmpty()
                ? hits(
                        Optional.of(Term.label(who)),
                        Needle.of(who),
                        decided ->
                                isBy(
                                        decided,
                                        facts ->
                                                facts.label()
                                                        .filter(who::equalsIgnoreCase)
                                                        .isPresent()),
                        range,
                        limit)
                : byId;
    }

    private static boolean isBy(AuditEvent.Decided decided, Predicate<PrincipalFacts> who) {
        return decided.caller().filter(caller -> who.test(caller.principal())).isPresent();
    }

    private List<Hit> hits(
            Optional<String> term,
            Needle needle,
            Predicate<AuditEvent.Decided> filter,
            TimeRange range,
            int limit)
            throws IOException {
        List<Hit> found = new ArrayList<>();
        blocks.newestFirst(
                term,
                range,
                block -> {
                    for (AuditRecord record : reader.find(block.extent(), needle)) {
                        if (passes(record, filter, range)) {
                            found.add(new Hit(record, block.id()));
                        }
                    }
                    return found.size() < limit;
                });
        found.sort(NEWEST_FIRST);
        return found.subList(0, Math.min(limit, found.size()));
    }

    private static boolean passes(
            AuditRecord record, Predicate<AuditEvent.Decided> filter, TimeRange range) {
        return record.body() instanceof AuditEvent.Decided decided
                && range.holds(record.time())
                && filter.test(decided);
    }
}
