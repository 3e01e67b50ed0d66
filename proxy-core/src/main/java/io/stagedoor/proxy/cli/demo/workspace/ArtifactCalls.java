package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls on artifacts that only one kind has: execute, flush, link control, debug sessions. */
final class ArtifactCalls {
    private static final String LINK = "/linkconnections/{name}";

    private final Operations operations;
    private final Artifacts notebooks;
    private final AtomicInteger batches = new AtomicInteger();

    ArtifactCalls(Operations operations, Artifacts notebooks) {
        this.operations = operations;
        this.notebooks = notebooks;
    }

    void addTo(Routes routes) {
        addSparkTo(routes);
        addLibrariesTo(routes);
        addLinksTo(routes);
        addDebugTo(routes);
    }

    private void addSparkTo(Routes routes) {
        routes.add(
                "GET", "/notebooksSummary", call -> Json.answer(200, Json.list(notebooks.all())));
        routes.add("POST", "/sparkJobDefinitions/{name}/execute", this::batch);
        routes.add("POST", "/debugSparkJobDefinition", this::batch);
    }

    private void addLibrariesTo(Routes routes) {
        routes.add("POST", "/libraries/{name}/flush", this::accept);
    }

    private void addLinksTo(Routes routes) {
        for (String verb : List.of("start", "stop", "pause", "resume", "edittables")) {
            routes.add("POST", LINK + "/" + verb, call -> Answer.empty(200));
        }
        routes.add("POST", LINK + "/updateLandingZoneCredential", call -> Answer.empty(200));
        routes.add("GET", LINK + "/detailedstatus", this::linkStatus);
        routes.add("GET", LINK + "/linktables", call -> Json.answer(200, Json.list(List.of())));
        routes.add(
                "POST", LINK + "/querytablestatus", call -> Json.answer(200, Json.list(List.of())));
    }

    private void addDebugTo(Routes routes) {
        routes.add("POST", "/createDataFlowDebugSession", this::debugSession);
        routes.add(
                "POST",
                "/queryDataFlowDebugSessions",
                call -> Json.answer(200, Json.list(List.of())));
        routes.add("POST", "/addDataFlowToDebugSession", call -> jobVersion());
        routes.add("POST", "/deleteDataFlowDebugSession", call -> Answer.empty(200));
        routes.add("POST", "/executeDataFlowDebugCommand", this::debugCommand);
    }

    private Reply accept(Call call) {
        return operations.accept("libraries", call.parameter("name"));
    }

    private Reply batch(Call call) {
        ObjectNode job =
                Json.object()
                        .put("id", batches.getAndIncrement())
                        .putNull("appId")
                        .put("jobType", "SparkBatch")
                        .put("state", "not_started");
        return operations.accept("sparkJobDefinitions", "batch", Json.answer(200, job));
    }

    private Reply linkStatus(Call call) {
        ObjectNode status =
                Json.object().put("id", call.parameter("name")).put("status", "Running");
        return Json.answer(200, status);
    }

    private Reply debugSession(Call call) {
        ObjectNode session = Json.object().put("sessionId", UUID.randomUUID().toString());
        return operations.accept("debugSession", "session", Json.answer(200, session));
    }

    private static Answer jobVersion() {
        return Json.answer(200, Json.object().put("jobVersion", "1"));
    }

    private Reply debugCommand(Call call) {
        ObjectNode result = Json.object().put("status", "Succeeded").put("data", "{}");
        return operations.accept("debugCommand", "command", Json.answer(200, result));
    }
}
