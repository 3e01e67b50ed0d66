package io.stagedoor.proxy.admin.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.admin.resource.Refreshing.Refreshed;
import io.stagedoor.proxy.http.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /refresh}, with {@code ?workspace=NAME} for one of them: has role assignments read now,
 * and answers with what is in use from then on. What could not be read keeps its snapshot, and says
 * why; the status is 200 all the same.
 *
 * @param refreshing reads
 */
public record RefreshResource(Refreshing refreshing) implements AdminResource {

    @Override
    public String path() {
        return "/refresh";
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST");
    }

    @Override
    public Access access() {
        return Access.OPERATORS;
    }

    @Override
    public Answer answer(AdminRequest request) throws AdminRefusal {
        Optional<String> workspace = request.parameter("workspace");
        List<Refreshed> all = refreshing.refresh(workspace);
        if (workspace.isPresent() && all.isEmpty()) {
            throw AdminRefusal.of(
                    404, "unknown_workspace", "no workspace of this name is configured");
        }
        return AdminAnswers.json(200, json -> write(all, json));
    }

    private static void write(List<Refreshed> all, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("workspaces");
        for (Refreshed each : all) {
            json.writeStartObject();
            json.writeStringField("name", each.workspace());
            json.writeBooleanField("refreshed", each.failure().isEmpty());
            if (each.snapshot().isPresent()) {
                json.writeStringField("snapshot", each.snapshot().get());
            }
            json.writeNumberField("assignments", each.assignments());
            if (each.age().isPresent()) {
                json.writeNumberField("ageSeconds", each.age().get().toSeconds());
            }
            if (each.failure().isPresent()) {
                json.writeStringField("failure", each.failure().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
