package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.JobIdRule;
import java.util.List;

/**
 * The job ids one exchange showed.
 *
 * @param mentions each id once for each place it stood in, in the order of the exchange
 * @param edges how they hang together, each once
 * @param truncated whether there may have been more: a bound was met, or the body could not be read
 */
public record JobIds(List<Mention> mentions, List<Edge> edges, boolean truncated) {

    /** Copies both lists. */
    public JobIds {
        mentions = List.copyOf(mentions);
        edges = List.copyOf(edges);
    }

    /**
     * One id and where it stood.
     *
     * @param job the job
     * @param rule the rule of the operation that named the place
     */
    public record Mention(JobId job, JobIdRule rule) {}

    /**
     * That one job started another, or is the same under another kind of id.
     *
     * @param parent the job that comes first
     * @param child the job that follows from it
     */
    public record Edge(JobId parent, JobId child) {}

    /** Returns the jobs that stood at the place of one rule. */
    public List<JobId> at(JobIdRule rule) {
        return mentions.stream()
                .filter(mention -> mention.rule().equals(rule))
                .map(Mention::job)
                .toList();
    }

    /** Returns the jobs, each once. */
    public List<JobId> jobs() {
        return mentions.stream().map(Mention::job).distinct().toList();
    }
}
