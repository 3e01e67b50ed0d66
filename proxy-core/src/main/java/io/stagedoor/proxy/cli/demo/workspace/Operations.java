package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Long-running operations: a 202 with an absolute {@code Location}, one poll still under way, then
 * the result.
 */
final class Operations {
    private static final String POLL_AGAIN_AFTER_SECONDS = "1";

    private final URI base;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    Operations(URI base) {
        this.base = base;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/operationResults/{id}", this::result);
        routes.add("GET", "/notebookOperationResults/{id}", this::result);
        routes.add("GET", "/libraryOperationResults/{id}", this::result);
        routes.add("GET", "/operationStatuses/{id}", this::status);
    }

    /** Accepts work whose result is an answer without a body. */
    Answer accept(String kind, String name) {
        return accept(kind, name, Answer.empty(200));
    }

    /**
     * Accepts work.
     *
     * @param kind the artifact type, such as {@code pipelines}
     * @param result what a poll answers when the work is done
     */
    Answer accept(String kind, String name, Answer result) {
        String id = UUID.randomUUID().toString();
        running.put(id, new Running(result, new AtomicInteger()));
        ObjectNode body =
                Json.object()
                        .put("recordId", running.size())
                        .put("state", "Creating")
                        .put("type", kind)
                        .put("name", name)
                        .put("operationId", id);
        return Json.answer(202, body)
                .with("Location", location(id))
                .with("Retry-After", POLL_AGAIN_AFTER_SECONDS);
    }

    private Reply result(Call call) {
        String id = call.parameter("id");
        Running operation = running.get(id);
        if (operation == null) {
            return unknown(id);
        }
        boolean firstPoll = operation.polls().getAndIncrement() == 0;
        return firstPoll
                ? Json.answer(202, Json.object().put("status", "InProgress"))
                        .with("Location", location(id))
                        .with("Retry-After", POLL_AGAIN_AFTER_SECONDS)
                : operation.result();
    }

    private Reply status(Call call) {
        String id = call.parameter("id");
        Running operation = running.get(id);
        if (operation == null) {
            return unknown(id);
        }
        String status = operation.polls().get() > 1 ? "Succeeded" : "InProgress";
        return Json.answer(200, Json.object().put("id", id).put("status", status));
    }

    private String location(String id) {
        return base + "/operationResults/" + id + "?api-version=2020-12-01";
    }

    private static Answer unknown(String id) {
        return Json.error(404, "OperationNotFound", "no operation `" + id + "`");
    }

    private record Running(Answer result, AtomicInteger polls) {}
}
