package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives each job of a graph one name. A job that was seen where its service was not told has the name
 * it has at its service, and a Livy id of which was not told whether it is a batch's or a session's
 * that of the one with the same Spark application; each if exactly one is known.
 */
final class OneName {
    private static final String EITHER = "livyBatchOrSession";
    private static final Set<String> ONE_OF_THEM = Set.of("livyBatch", "livySession");

    private final JobGraph graph;
    private final Map<JobKey, JobKey> names = new HashMap<>();

    private OneName(JobGraph graph) {
        this.graph = graph;
        for (JobKey job : graph.jobs()) {
            List<JobKey> meant =
                    graph.jobs().stream()
                            .filter(other -> job.isElsewhere(other) || isEither(job, other))
                            .toList();
            names.put(job, meant.size() == 1 ? meant.getFirst() : job);
        }
    }

    static JobGraph of(JobGraph graph) {
        OneName one = new OneName(graph);
        return new JobGraph(
                graph.jobs().stream().map(one::nameOf).distinct().toList(),
                graph.edges().stream()
                        .map(edge -> new JobEdge(one.nameOf(edge.from()), one.nameOf(edge.to())))
                        .distinct()
                        .toList(),
                graph.complete(),
                one.names);
    }

    private JobKey nameOf(JobKey job) {
        return names.getOrDefault(job, job);
    }

    private boolean isEither(JobKey job, JobKey other) {
        return job.kind().equals(EITHER)
                && ONE_OF_THEM.contains(other.kind())
                && job.id().equals(other.id())
                && job.pool().equals(other.pool())
                && job.workspace().equals(other.workspace())
                && ledTo(job).stream().anyMatch(ledTo(other)::contains);
    }

    private Set<JobKey> ledTo(JobKey job) {
        return graph.edges().stream()
                .filter(edge -> edge.from().equals(job))
                .map(JobEdge::to)
                .collect(Collectors.toSet());
    }
}
