package io.stagedoor.proxy.audit.search;

import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.index.AuditIndex;
import io.stagedoor.proxy.audit.index.DecisionFilter;
import io.stagedoor.proxy.audit.index.IndexQueries;
import io.stagedoor.proxy.audit.index.JobGraph;
import io.stagedoor.proxy.audit.index.JobMentions;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.verify.Anchor;
import io.stagedoor.proxy.audit.verify.JournalVerifier;
import io.stagedoor.proxy.audit.verify.Verification;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers questions about the trail in a directory, whether a proxy is writing it or not; for one
 * thread at a time.
 *
 * <p>Brings the index up to date first, when it may write it; otherwise each answer says how many
 * records it has not seen.
 */
public final class AuditQueries implements Closeable {
    private final Path directory;
    private final InstantSource clock;
    private final FileStorage storage;
    private final AuditIndex index;
    private final IndexQueries queries;
    private final long behind;

    private AuditQueries(Path directory, InstantSource clock, AuditIndex index) throws IOException {
        this.directory = directory;
        this.clock = clock;
        this.storage = new FileStorage(directory);
        this.index = index;
        long last = JournalTail.of(storage, 1).stream().mapToLong(AuditRecord::seq).sum();
        this.behind = Math.max(0, last - index.catchUp(Long.MAX_VALUE));
        this.queries = index.queries();
    }

    /**
     * Opens the trail of a directory.
     *
     * @throws IOException when there is none, or it cannot be read
     */
    public static AuditQueries open(Path directory, InstantSource clock) throws IOException {
        if (!Files.isDirectory(directory) || new FileStorage(directory).list().isEmpty()) {
            throw new IOException(
                    String.format(Locale.ROOT, "there is no audit journal in `%s`", directory));
        }
        AuditIndex index = AuditIndex.open(directory);
        try {
            return new AuditQueries(directory, clock, index);
        } catch (IOException e) {
            index.close();
            throw e;
        }
    }

    /**
     * Gives what is known of a job.
     *
     * @param asked its id, or as much of the end of its full name as makes it clear, such as {@code
     *     pool/small/livyBatch/12}
     */
    public JobAnswer job(String asked) throws IOException {
        List<JobKey> candidates = candidates(asked);
        if (candidates.isEmpty()) {
            return new JobAnswer.Unknown(asked, behind);
        }
        Optional<JobGraph> graph = queries.graphOf(candidates.getFirst());
        List<JobKey> named =
                candidates.stream()
                        .map(job -> graph.map(known -> known.nameOf(job)).orElse(job))
                        .toList();
        boolean clear = graph.isPresent() && graph.get().jobs().containsAll(named);
        return clear
                ? story(named.getFirst(), graph.get())
                : new JobAnswer.Ambiguous(asked, candidates, behind);
    }

    /** Gives the newest decisions about a principal, named by object id or label. */
    public History who(String principal, TimeRange range, int limit) throws IOException {
        return history(principal, new DecisionFilter.ByPrincipal(principal), range, limit);
    }

    /**
     * Gives the newest decisions about a resource.
     *
     * @param path {@code workspace/kind/name}, or {@code workspace/kind} for all of a kind
     * @throws IllegalArgumentException when it is neither
     */
    public History resource(String path, TimeRange range, int limit) throws IOException {
        String[] parts = path.split("/", 3);
        if (parts.length < 2 || path.startsWith("/")) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT, "`%s` is not of the form workspace/kind/name", path));
        }
        Optional<String> name = parts.length == 3 ? Optional.of(parts[2]) : Optional.empty();
        var filter = new DecisionFilter.ByResource(parts[0], parts[1], name);
        return history(path, filter, range, limit);
    }

    /** Gives the newest decisions with a code, such as `not_permitted`. */
    public History code(String code, TimeRange range, int limit) throws IOException {
        return history(code, new DecisionFilter.ByCode(code), range, limit);
    }

    /** Gives the newest decisions. */
    public History all(TimeRange range, int limit) throws IOException {
        return history("everything", new DecisionFilter.Everything(), range, limit);
    }

    /**
     * Gives the exchanges that started, or stopped, jobs of a kind, those of the newest jobs first.
     *
     * @param limit how many at most
     */
    public List<Exchange> changersOf(String kind, int limit) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        for (List<AuditRecord> changer : queries.changersOf(kind, limit)) {
            Exchange.of(changer).ifPresent(exchanges::add);
        }
        return exchanges;
    }

    /** Gives the last records of the journal, the oldest of them first; needs no index. */
    public List<AuditRecord> tail(int most) throws IOException {
        return JournalTail.of(storage, most);
    }

    /** Gives a decision by its id, which is the id of its request. */
    public Optional<Exchange> explain(String decisionId) throws IOException {
        return Exchange.of(queries.ofRequest(decisionId));
    }

    /** Checks the whole journal; needs no index. */
    public Verification verify(Optional<Anchor> anchor) throws IOException {
        return JournalVerifier.verify(directory, anchor, clock.instant());
    }

    @Override
    public void close() throws IOException {
        index.close();
    }

    private List<JobKey> candidates(String asked) throws IOException {
        List<JobKey> exact = queries.jobsWithId(asked);
        if (!exact.isEmpty()) {
            return exact;
        }
        String id = asked.substring(asked.lastIndexOf('/') + 1);
        String ending = asked.substring(0, asked.length() - id.length()) + JobKey.canonicalId(id);
        return queries.jobsWithId(id).stream()
                .filter(job -> job.text().equals(ending) || job.text().endsWith('/' + ending))
                .toList();
    }

    private JobAnswer.Story story(JobKey job, JobGraph graph) throws IOException {
        JobMentions.Found mentions = queries.mentionsOf(graph.jobs());
        List<Exchange> exchanges = new ArrayList<>();
        for (JobMentions.Place place : mentions.places()) {
            Exchange.of(queries.around(place)).ifPresent(exchanges::add);
        }
        return new JobAnswer.Story(job, graph, exchanges, mentions.omitted(), behind);
    }

    private History history(String subject, DecisionFilter filter, TimeRange range, int limit)
            throws IOException {
        List<List<AuditRecord>> found = queries.exchanges(filter, range, limit + 1);
        List<Exchange> exchanges = new ArrayList<>();
        for (List<AuditRecord> records : found.subList(0, Math.min(limit, found.size()))) {
            Exchange.of(records).ifPresent(exchanges::add);
        }
        return new History(subject, exchanges, found.size() > limit, behind);
    }
}
