package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import java.util.List;
import java.util.Map;

/**
 * The jobs that hang together with one, and how.
 *
 * @param jobs all of them, the nearest first
 * @param edges which led to which
 * @param complete false when there were more than are worth walking
 * @param names the jobs by every name that they were seen under
 */
public record JobGraph(
        List<JobKey> jobs, List<JobEdge> edges, boolean complete, Map<JobKey, JobKey> names) {

    /** Copies the collections. */
    public JobGraph {
        jobs = List.copyOf(jobs);
        edges = List.copyOf(edges);
        names = Map.copyOf(names);
    }

    /** Makes a graph of jobs that have one name each. */
    public JobGraph(List<JobKey> jobs, List<JobEdge> edges, boolean complete) {
        this(jobs, edges, complete, Map.of());
    }

    /** Gives the name that a job has here. */
    public JobKey nameOf(JobKey job) {
        return names.getOrDefault(job, job);
    }
}
