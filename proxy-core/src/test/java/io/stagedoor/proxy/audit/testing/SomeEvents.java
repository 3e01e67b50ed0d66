package io.stagedoor.proxy.audit.testing;

import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts.Verdict;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.fact.VersionFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Events that tests append: one story of an engineer, a pipeline and its run. */
public final class SomeEvents {
    public static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    public static final String ADA = "11111111-1111-4111-8111-111111111111";
    public static final String RUN = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private SomeEvents() {}

    public static AuditEvent.Decided permitted(String requestId) {
        return permitted(requestId, List.of());
    }

    public static AuditEvent.Decided permitted(String requestId, List<JobMention> jobs) {
        return new AuditEvent.Decided(
                request(requestId, "POST", "RunPipeline", "pipeline", "nightly"),
                Optional.of(ada()),
                permit(),
                versions(),
                jobs);
    }

    public static AuditEvent.Decided polled(String requestId, JobKey job) {
        return new AuditEvent.Decided(
                request(requestId, "GET", "GetPipelineRun", "pipelineRun", job.id()),
                Optional.of(ada()),
                permit(),
                versions(),
                List.of(new JobMention(JobMention.Role.TOUCHED, job)));
    }

    public static AuditEvent.Decided denied(String requestId) {
        return new AuditEvent.Decided(
                request(requestId, "POST", "RunPipeline", "pipeline", "nightly"),
                Optional.of(ada()),
                deny("not_permitted"),
                versions(),
                List.of());
    }

    public static AuditEvent.Completed answered(String requestId) {
        return completed(requestId, 202, List.of(), List.of());
    }

    public static AuditEvent.Completed completed(
            String requestId, int status, List<JobMention> jobs, List<JobEdge> edges) {
        return new AuditEvent.Completed(
                requestId,
                Outcome.ANSWERED,
                AuditEvent.Writer.EXCHANGE,
                Optional.of(
                        new UpstreamFacts(
                                "ws1",
                                "managed_identity:stagedoor",
                                Optional.of(status),
                                Optional.of("up-" + requestId),
                                new UpstreamFacts.Traffic(17, 291),
                                Duration.ofMillis(41),
                                1,
                                Optional.empty())),
                jobs,
                edges);
    }

    public static RequestFacts request(
            String id, String method, String operation, String kind, String name) {
        return new RequestFacts(
                id,
                Optional.of("ws1"),
                method,
                "/pipelines/{pipelineName}/createRun",
                Optional.of(operation),
                method.equals("POST"),
                Optional.of(new ResourceKey("synapse", "ws1", kind, Optional.of(name))),
                new RequestFacts.ClientFacts(
                        "127.0.0.1",
                        Optional.of("azsdk-js-synapse-artifacts/1.0.0"),
                        Optional.of("client-" + id)));
    }

    public static CallerFacts ada() {
        return caller(ADA, "ada@contoso.example");
    }

    public static CallerFacts caller(String objectId, String label) {
        return new CallerFacts(
                new CallerFacts.PrincipalFacts(TENANT, objectId, "user", Optional.of(label)),
                Optional.of("04b07795-8ddb-461a-bbee-02f9e1bf7b46"),
                List.of(),
                new CallerFacts.GroupFacts(12, true, Optional.empty(), false),
                new CallerFacts.TokenFacts("contoso", Optional.of("uti-1")));
    }

    public static JobKey run() {
        return JobKey.of("synapse", "ws1", "pipelineRun", RUN);
    }

    public static VersionFacts versions() {
        return new VersionFacts(
                Optional.of("snapshot-7"),
                Optional.of(Duration.ofSeconds(12)),
                Optional.empty(),
                "0.1.0");
    }

    public static DecisionFacts permit() {
        var needed =
                new DecisionFacts.Requirement(
                        "Microsoft.Synapse/workspaces/read", "workspaces/ws1");
        return new DecisionFacts(
                Verdict.PERMIT,
                "permitted",
                "2 requirements met",
                new DecisionFacts.Basis(
                        List.of(needed),
                        List.of(
                                new DecisionFacts.Assignment(
                                        needed.action(),
                                        "assignment-1",
                                        "Synapse Credential User",
                                        "workspaces/ws1/credentials/WorkspaceSystemIdentity",
                                        "access.yaml:12:3",
                                        Optional.of("data-engineers"))),
                        List.of(),
                        List.of()),
                Optional.empty(),
                Duration.ofNanos(15_000));
    }

    public static DecisionFacts deny(String code) {
        var needed =
                new DecisionFacts.Requirement(
                        "Microsoft.Synapse/workspaces/credentials/useSecret/action",
                        "workspaces/ws1/credentials/WorkspaceSystemIdentity");
        return new DecisionFacts(
                Verdict.DENY,
                code,
                "you may not use `WorkspaceSystemIdentity`",
                new DecisionFacts.Basis(
                        List.of(needed),
                        List.of(),
                        List.of(needed),
                        List.of(
                                new DecisionFacts.Suggestion(
                                        List.of(
                                                new DecisionFacts.RoleAtScope(
                                                        "Synapse Credential User",
                                                        needed.scope()))))),
                Optional.empty(),
                Duration.ofNanos(15_000));
    }
}
