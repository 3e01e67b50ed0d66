package io.stagedoor.proxy.cli.demo.workspace;

import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of one workspace and the routes to them; the only place that knows them all. */
final class WorkspaceState {
    private static final int FIRST_PAGE_SIZE = 2;

    private final AtomicInteger pageSize = new AtomicInteger(FIRST_PAGE_SIZE);
    private final Routes routes = new Routes();
    private final Map<String, Artifacts> artifacts;
    private final SparkPools pools;
    private final RoleAssignments roleAssignments;

    WorkspaceState(String name, URI base, InstantSource clock) {
        Operations operations = new Operations(base);
        pools = new SparkPools(name);
        artifacts =
                Stream.of(
                                "pipelines",
                                "triggers",
                                "datasets",
                                "dataflows",
                                "notebooks",
                                "sparkJobDefinitions",
                                "sparkconfigurations",
                                "sqlScripts",
                                "kqlScripts",
                                "linkedservices",
                                "credentials",
                                "libraries",
                                "linkconnections")
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        kind -> kind,
                                        kind -> new Artifacts(kind, base, operations, pageSize)));
        roleAssignments = new RoleAssignments(pageSize);
        artifacts.values().forEach(each -> each.addTo(routes));
        operations.addTo(routes);
        roleAssignments.addTo(routes);
        new RoleDefinitions().addTo(routes);
        new AccessCheck(roleAssignments).addTo(routes);
        new PipelineRuns(artifacts("pipelines"), clock).addTo(routes);
        new Triggers(artifacts("triggers"), operations).addTo(routes);
        new ArtifactCalls(operations, artifacts("notebooks")).addTo(routes);
        new NotebookRuns(clock).addTo(routes);
        new LivyJobs(pools, clock).addTo(routes);
        new Inventory(base, pools).addTo(routes);
    }

    void pageSize(int elements) {
        pageSize.set(elements);
    }

    Artifacts artifacts(String kind) {
        return Optional.ofNullable(artifacts.get(kind))
                .orElseThrow(() -> new IllegalArgumentException("no artifacts `" + kind + "`"));
    }

    SparkPools pools() {
        return pools;
    }

    RoleAssignments roleAssignments() {
        return roleAssignments;
    }

    Reply reply(SeenRequest request) {
        Reply reply = routes.reply(request).orElseGet(() -> unknown(request));
        return reply instanceof Answer answer ? withIds(request, answer) : reply;
    }

    private static Answer withIds(SeenRequest request, Answer answer) {
        Answer identified = answer.with("x-ms-request-id", UUID.randomUUID().toString());
        return request.field("x-ms-client-request-id")
                .map(id -> identified.with("x-ms-client-request-id", id))
                .orElse(identified);
    }

    private static Answer unknown(SeenRequest request) {
        return Json.error(404, "NotFound", "no resource at `" + request.path() + "`");
    }
}
