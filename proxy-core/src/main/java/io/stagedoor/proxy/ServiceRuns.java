package io.stagedoor.proxy;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.body.JobIdReader;
import io.stagedoor.proxy.directory.synapse.RunApi;
import io.stagedoor.proxy.exchange.JobRecords;
import io.stagedoor.proxy.follow.RunLooks;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the runs of one workspace or factory, by the rules that clients' answers are read by. */
final class ServiceRuns implements RunLooks {

    private final RunApi api;
    private final Operation query;
    private final Scope root;
    private final InstantSource clock;

    private ServiceRuns(RunApi api, Operation query, Scope root, InstantSource clock) {
        this.api = api;
        this.query = query;
        this.root = root;
        this.clock = clock;
    }

    static ServiceRuns ofWorkspace(RunApi api, Scope root, InstantSource clock) {
        Operation query =
                OperationCatalogue.synapse()
                        .operation("PipelineRun_QueryActivityRuns")
                        .orElseThrow();
        return new ServiceRuns(api, query, root, clock);
    }

    static ServiceRuns ofFactory(RunApi api, Scope root, InstantSource clock) {
        Operation query =
                OperationCatalogue.dataFactory()
                        .operation("ActivityRuns_QueryByPipelineRun")
                        .orElseThrow();
        return new ServiceRuns(api, query, root, clock);
    }

    @Override
    public String actor() {
        return "stagedoor:run-follower";
    }

    @Override
    public Look at(String runId, Instant since) throws IOException {
        Optional<RunApi.Run> run = api.run(runId);
        if (run.isEmpty()) {
            return new Look("not known to the service", true, List.of());
        }
        List<JobEdge> edges = new ArrayList<>();
        api.activities(
                runId,
                run.get().pipeline(),
                since,
                clock.instant(),
                page -> edges.addAll(edgesOf(runId, page)));
        return new Look(run.get().status(), run.get().hasEnded(), edges);
    }

    private List<JobEdge> edgesOf(String runId, byte[] page) {
        BoundOperation asked =
                new BoundOperation(query, root, Map.of("runId", runId), List.of(), Map.of());
        return JobRecords.edges(JobIdReader.ofAnswer(asked, page));
    }
}
