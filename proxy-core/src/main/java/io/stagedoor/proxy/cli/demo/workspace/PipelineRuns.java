package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * Pipeline runs: started, read, queried and cancelled as by the Data Factory engine.
 *
 * <p>A run moves one step at each read: queued, in progress, succeeded. Every start makes a new run,
 * also for the same request sent twice. As in the service, {@code invokedBy} names whom the service
 * sees, which behind a proxy is the proxy.
 */
final class PipelineRuns {
    private final Artifacts pipelines;
    private final RunIds ids;
    private final InstantSource clock;
    private final Map<String, ObjectNode> runs =
            new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    PipelineRuns(Artifacts pipelines, InstantSource clock) {
        this.pipelines = pipelines;
        this.ids = new RunIds(clock);
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.add("POST", "/pipelines/{name}/createRun", this::create);
        routes.add(
                "POST", "/queryPipelineRuns", call -> Json.answer(200, Json.list(runs.values())));
        routes.add("GET", "/pipelineruns/{runId}", call -> onRun(call, this::read));
        routes.add("POST", "/pipelineruns/{runId}/cancel", call -> onRun(call, this::cancel));
        routes.add(
                "POST",
                "/pipelines/{name}/pipelineruns/{runId}/queryActivityruns",
                call -> onRun(call, this::activities));
    }

    private Reply create(Call call) {
        String name = call.parameter("name");
        return pipelines
                .find(name)
                .map(pipeline -> start(pipeline.path("name").asText(), call.body()))
                .orElseGet(() -> pipelines.missing(name));
    }

    private Answer start(String pipeline, JsonNode parameters) {
        String runId = ids.next();
        ObjectNode run =
                Json.object()
                        .put("id", "/pipelineruns/" + runId)
                        .put("runId", runId)
                        .putNull("debugRunId")
                        .put("runGroupId", runId)
                        .put("pipelineName", pipeline)
                        .put("runStart", clock.instant().toString())
                        .putNull("runEnd")
                        .putNull("durationInMs")
                        .put("status", "Queued")
                        .put("message", "")
                        .put("isLatest", true);
        run.set("parameters", parameters.isObject() ? parameters : Json.object());
        run.set("invokedBy", invoker());
        runs.put(runId, run);
        return Json.answer(202, Json.object().put("runId", runId));
    }

    private Reply onRun(Call call, Function<ObjectNode, Answer> work) {
        String runId = call.parameter("runId");
        return Optional.ofNullable(runs.get(runId)).map(work).orElseGet(() -> missing(runId));
    }

    private Answer read(ObjectNode run) {
        synchronized (run) {
            Answer answer = Json.answer(200, run);
            run.put("status", nextStatus(run.path("status").asText()));
            return answer;
        }
    }

    private Answer cancel(ObjectNode run) {
        synchronized (run) {
            run.put("status", "Cancelled").put("runEnd", clock.instant().toString());
        }
        return Answer.empty(200);
    }

    /** One notebook activity, whose output names the notebook run and the Livy session it used. */
    private Answer activities(ObjectNode run) {
        String runId = run.path("runId").asText();
        ObjectNode result =
                Json.object()
                        .put("runId", derived("notebook run of " + runId))
                        .put("sessionId", 0)
                        .put("runStatus", "Succeeded")
                        .put("sparkPool", "small");
        ObjectNode output = Json.object();
        output.putObject("status").putObject("Output").set("result", result);
        ObjectNode activity =
                Json.object()
                        .put("activityRunId", derived("activity run of " + runId))
                        .put("activityName", "Run notebook")
                        .put("activityType", "SynapseNotebook")
                        .put("pipelineRunId", runId)
                        .put("pipelineName", run.path("pipelineName").asText())
                        .put("status", "Succeeded");
        activity.set("output", output);
        return Json.answer(200, Json.list(List.of(activity)));
    }

    private static String derived(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String nextStatus(String status) {
        return switch (status) {
            case "Queued" -> "InProgress";
            case "InProgress" -> "Succeeded";
            default -> status;
        };
    }

    private static ObjectNode invoker() {
        return Json.object()
                .put("id", FakeWorkspace.OWN_IDENTITY)
                .put("name", "stagedoor-proxy")
                .put("invokedByType", "Manual");
    }

    private static Answer missing(String runId) {
        return Json.flatError(
                404, "PipelineRunNotFound", "The pipeline run cannot be found: " + runId);
    }
}
