package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.operation.Effect;
import io.stagedoor.policy.operation.JobIdRule.Where;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.Ownership;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.JobMention.Role;
import io.stagedoor.proxy.body.JobId;
import io.stagedoor.proxy.body.JobIds;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes down the jobs that an exchange showed, in the words of the audit record. */
public final class JobRecords {

    private JobRecords() {}

    /** Returns the jobs and what the operation did to each. */
    static List<JobMention> mentions(Optional<MatchedOperation> matched, JobIds jobs) {
        return matched.map(MatchedOperation::operation)
                .map(
                        operation ->
                                jobs.mentions().stream()
                                        .map(mention -> mention(operation, mention))
                                        .distinct()
                                        .toList())
                .orElseGet(List::of);
    }

    /** Returns the jobs, none of which the exchange itself changed. */
    static List<JobMention> touched(JobIds jobs) {
        return jobs.jobs().stream().map(job -> new JobMention(Role.TOUCHED, key(job))).toList();
    }

    /** Returns how the jobs hang together. */
    public static List<JobEdge> edges(JobIds jobs) {
        return jobs.edges().stream()
                .map(edge -> new JobEdge(key(edge.parent()), key(edge.child())))
                .toList();
    }

    private static JobMention mention(Operation operation, JobIds.Mention mention) {
        return new JobMention(roleOf(operation, mention.rule().where()), key(mention.job()));
    }

    private static Role roleOf(Operation operation, Where where) {
        if (operation.effect() == Effect.READ) {
            return Role.TOUCHED;
        }
        if (startsAt(operation, where)) {
            return Role.STARTED;
        }
        return isCancel(operation) ? Role.CANCELLED : Role.TOUCHED;
    }

    /** The answer names the job that was started; so does the path when the client chose its id. */
    private static boolean startsAt(Operation operation, Where where) {
        boolean answered = where == Where.RESPONSE_BODY || where == Where.RESPONSE_HEADER;
        boolean claimed =
                operation.traits().ownership().map(Ownership::rule).stream()
                        .anyMatch(Ownership.Rule.CLAIMS::equals);
        return (claimed && where == Where.PATH) || (operation.traits().startsRun() && answered);
    }

    private static boolean isCancel(Operation operation) {
        String path = operation.path().toString().toLowerCase(Locale.ROOT);
        return path.endsWith("/cancel") || operation.method().equals("DELETE");
    }

    /** Returns the name of a job. */
    static JobKey key(JobId job) {
        return new JobKey(
                job.platform().name().toLowerCase(Locale.ROOT),
                job.root(),
                job.pool(),
                job.kind(),
                job.idInPool());
    }
}
