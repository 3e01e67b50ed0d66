package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.util.List;

/** What can be done with triggers beside storing them: start, stop, subscribe, and their runs. */
final class Triggers {
    private static final String TRIGGER_RUN = "08584561234567890123456789012CU01";

    private final Artifacts triggers;
    private final Operations operations;

    Triggers(Artifacts triggers, Operations operations) {
        this.triggers = triggers;
        this.operations = operations;
    }

    void addTo(Routes routes) {
        for (String verb : List.of("start", "stop", "subscribeToEvents", "unsubscribeFromEvents")) {
            routes.add("POST", "/triggers/{name}/" + verb, this::change);
        }
        routes.add("POST", "/triggers/{name}/getEventSubscriptionStatus", this::subscription);
        routes.add("POST", "/triggers/{name}/triggerRuns/{runId}/rerun", this::acknowledge);
        routes.add("POST", "/triggers/{name}/triggerRuns/{runId}/cancel", this::acknowledge);
        routes.add("POST", "/queryTriggerRuns", call -> runs());
    }

    private Reply change(Call call) {
        String name = call.parameter("name");
        return triggers.find(name).isPresent()
                ? operations.accept("triggers", name)
                : triggers.missing(name);
    }

    private Reply subscription(Call call) {
        String name = call.parameter("name");
        ObjectNode status = Json.object().put("triggerName", name).put("status", "Enabled");
        return triggers.find(name).isPresent() ? Json.answer(200, status) : triggers.missing(name);
    }

    private Reply acknowledge(Call call) {
        String name = call.parameter("name");
        return triggers.find(name).isPresent() ? Answer.empty(200) : triggers.missing(name);
    }

    private Answer runs() {
        List<ObjectNode> runs =
                triggers.all().stream()
                        .map(
                                trigger ->
                                        Json.object()
                                                .put("triggerRunId", TRIGGER_RUN)
                                                .put("triggerName", trigger.path("name").asText())
                                                .put("status", "Succeeded"))
                        .toList();
        return Json.answer(200, Json.list(runs));
    }
}
