package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.Effect;
import io.stagedoor.policy.operation.JobIdRule.Where;
import io.stagedoor.proxy.body.JobId;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.facts.ScopeFacts;
import io.stagedoor.proxy.follow.RunFollower;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.journey.OwnershipRules;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the proxy has to learn from a request that the upstream has answered: whose session a new
 * session is, that role assignments have changed, that a definition must be read again.
 *
 * <p>Safe for any thread; nothing waits.
 */
public final class AfterEffects {

    private final OwnershipRules ownership;
    private final Directory directory;
    private final Map<String, ScopeFacts> facts;
    private final RunFollower follower;

    /**
     * Makes the effects.
     *
     * @param facts what is known of each service outside requests, by service
     * @param follower follows the runs that were started
     */
    public AfterEffects(
            OwnershipRules ownership,
            Directory directory,
            Map<String, ScopeFacts> facts,
            RunFollower follower) {
        this.ownership = ownership;
        this.directory = directory;
        this.facts = Map.copyOf(facts);
        this.follower = follower;
    }

    /** Learns from the answer to a request; an answer without success teaches nothing. */
    void answered(Admitted admitted, int status, JobIds jobs) {
        if (status < 200 || status >= 300) {
            return;
        }
        BoundOperation operation = admitted.operation();
        Effect effect = operation.operation().effect();
        if (effect == Effect.READ) {
            return;
        }
        bindCreated(admitted, jobs);
        learnFacts(admitted.route().service(), operation, jobs);
        startedBy(operation, jobs)
                .forEach(run -> follower.follow(admitted.route().service(), JobRecords.key(run)));
        if (effect == Effect.GRANT || effect == Effect.REVOKE) {
            refresh(admitted.route().service());
        }
    }

    /** Has the assignments read again; a failure shows in the directory's health. */
    private void refresh(String workspace) {
        directory
                .workspace(workspace)
                .ifPresent(
                        read -> {
                            var _ = read.refreshNow();
                        });
    }

    /** Gives up what a request claimed that surely never reached the upstream. */
    void neverSent(Admitted admitted) {
        admitted.claimed().ifPresent(id -> ownership.release(id, admitted.permit().principal()));
    }

    private void bindCreated(Admitted admitted, JobIds jobs) {
        admitted.operation()
                .operation()
                .traits()
                .ownership()
                .ifPresent(
                        owned ->
                                jobs.jobs().stream()
                                        .filter(job -> job.kind().equals(owned.id().kind()))
                                        .map(JobId::id)
                                        .forEach(id -> created(admitted, id)));
    }

    private void created(Admitted admitted, String id) {
        ownership.created(admitted.operation(), admitted.permit().principal(), id);
    }

    private void learnFacts(String service, BoundOperation operation, JobIds jobs) {
        ScopeFacts known = facts.get(service);
        if (known != null) {
            known.changed(operation);
            startedBy(operation, jobs).forEach(run -> known.runStarted(operation, run.id()));
        }
    }

    private static Stream<JobId> startedBy(BoundOperation operation, JobIds jobs) {
        return operation.operation().traits().startsRun()
                ? jobs.mentions().stream()
                        .filter(mention -> mention.rule().where() == Where.RESPONSE_BODY)
                        .map(mention -> mention.job())
                        .filter(job -> job.kind().equals("pipelineRun"))
                : Stream.empty();
    }
}
