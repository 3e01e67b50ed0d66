package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import java.util.List;

/**
 * The jobs that hang together with one, and how.
 *
 * @param jobs all of them, the nearest first
 * @param edges which led to which
 * @param complete false when there were more than are worth walking
 */
public record JobGraph(List<JobKey> jobs, List<JobEdge> edges, boolean complete) {

    /** Copies the lists. */
    public JobGraph {
        jobs = List.copyOf(jobs);
        edges = List.copyOf(edges);
    }
}
