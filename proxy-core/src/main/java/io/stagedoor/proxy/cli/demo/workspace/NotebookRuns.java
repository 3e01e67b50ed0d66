package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Notebook runs under ids their callers choose; a run's session is -1 until it was read once. */
final class NotebookRuns {
    private static final String RUN = "/notebooks/runs/{runId}";

    private final InstantSource clock;
    private final Map<String, ObjectNode> runs = new ConcurrentHashMap<>();

    NotebookRuns(InstantSource clock) {
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.add("PUT", RUN, this::create);
        routes.add("GET", RUN, call -> onRun(call, this::read));
        routes.add("POST", RUN + "/cancel", call -> onRun(call, this::cancel));
        routes.add("GET", RUN + "/snapshot", call -> onRun(call, run -> answer(200, run)));
    }

    private Reply create(Call call) {
        String runId = call.parameter("runId");
        ObjectNode run =
                Json.object()
                        .put("runId", runId)
                        .put("runStatus", "Queued")
                        .put("sessionId", -1)
                        .put("notebook", call.body().path("notebook").asText(""))
                        .put("sparkPool", call.body().path("sparkPool").asText(""))
                        .put("lastCheckedOn", clock.instant().toString());
        ObjectNode earlier = runs.putIfAbsent(runId, run);
        return earlier == null
                ? answer(202, run)
                : Json.error(409, "RunIdExists", "a run `" + runId + "` exists already");
    }

    private Reply onRun(Call call, Function<ObjectNode, Answer> work) {
        String runId = call.parameter("runId");
        return Optional.ofNullable(runs.get(runId))
                .map(work)
                .orElseGet(() -> Json.error(404, "RunNotFound", "no run `" + runId + "`"));
    }

    private Answer read(ObjectNode run) {
        synchronized (run) {
            Answer answer = answer(200, run);
            run.put("runStatus", "Succeeded").put("sessionId", 0);
            return answer;
        }
    }

    private Answer cancel(ObjectNode run) {
        synchronized (run) {
            run.put("runStatus", "Cancelled");
        }
        return Answer.empty(200);
    }

    private static Answer answer(int status, ObjectNode run) {
        ObjectNode body = Json.object().put("message", "Run is " + run.path("runStatus").asText());
        return Json.answer(status, body.set("result", run));
    }
}
