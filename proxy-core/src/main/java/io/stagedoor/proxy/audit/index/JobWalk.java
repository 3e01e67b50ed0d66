package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.store.Database;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks from a job along the edges, both ways, breadth first; for one walk.
 *
 * <p>Cycles end it where they close. It goes no further than {@link #DEPTH} edges and {@link #MOST}
 * jobs, and says so when there was more.
 */
final class JobWalk {
    static final int DEPTH = 24;
    static final int MOST = 500;

    private static final String NEXT =
            "SELECT source, target FROM edge WHERE source = ?1 LIMIT " + (MOST + 1);
    private static final String BACK =
            "SELECT source, target FROM edge WHERE target = ?1 LIMIT " + (MOST + 1);

    /** The same id under the platform alone, and under a service of it, is the same job. */
    private static final String SAME =
            "SELECT other.id FROM job AS one JOIN job AS other ON other.value = one.value"
                    + " AND other.kind = one.kind AND other.id <> one.id"
                    + " AND other.platform = one.platform"
                    + " AND ('*' IN (one.workspace, other.workspace)) WHERE one.id = ?1 LIMIT 10";

    private final Database database;
    private final Map<Long, Integer> depths = new LinkedHashMap<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final Set<Link> links = new LinkedHashSet<>();
    private boolean complete = true;

    private record Link(long source, long target) {}

    JobWalk(Database database) {
        this.database = database;
    }

    /** Gives the ids of all jobs that hang together with one, itself first. */
    List<Long> from(long job) throws IOException {
        reach(job, 0);
        while (!waiting.isEmpty()) {
            long id = waiting.removeFirst();
            int depth = depths.getOrDefault(id, 0) + 1;
            for (Link link : linksOf(id)) {
                follow(link, depth);
            }
            for (long same : database.list(row -> row.getLong(1), SAME, id)) {
                reach(same, depth - 1);
            }
        }
        return List.copyOf(depths.keySet());
    }

    /** Gives what the walk found. */
    JobGraph graph() throws IOException {
        Map<Long, JobKey> keys = new LinkedHashMap<>();
        for (long id : depths.keySet()) {
            key(id).ifPresent(key -> keys.put(id, key));
        }
        List<JobEdge> edges = new ArrayList<>();
        for (Link link : links) {
            Optional<JobKey> source = Optional.ofNullable(keys.get(link.source()));
            Optional<JobKey> target = Optional.ofNullable(keys.get(link.target()));
            source.ifPresent(from -> target.ifPresent(to -> edges.add(new JobEdge(from, to))));
        }
        return OneName.of(new JobGraph(List.copyOf(keys.values()), edges, complete));
    }

    private List<Link> linksOf(long id) throws IOException {
        List<Link> found = new ArrayList<>(links(NEXT, id));
        found.addAll(links(BACK, id));
        return found;
    }

    private List<Link> links(String sql, long id) throws IOException {
        return database.list(row -> new Link(row.getLong(1), row.getLong(2)), sql, id);
    }

    private void follow(Link link, int depth) {
        if (reach(link.source(), depth) && reach(link.target(), depth)) {
            links.add(link);
        }
    }

    private boolean reach(long id, int depth) {
        if (depths.containsKey(id)) {
            return true;
        }
        if (depth > DEPTH || depths.size() >= MOST) {
            complete = false;
            return false;
        }
        depths.put(id, depth);
        waiting.addLast(id);
        return true;
    }

    private Optional<JobKey> key(long id) throws IOException {
        return database.find(
                IndexQueries::jobKey,
                "SELECT platform, workspace, pool, kind, value FROM job WHERE id = ?",
                id);
    }
}
