package io.stagedoor.proxy.admin.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.proxy.admin.AdminAnswers;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.http.Answer;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code GET /state}: what the proxy knows, as JSON.
 *
 * @param state asked at each request
 */
public record StateResource(Supplier<ProxyState> state) implements AdminResource {

    @Override
    public String path() {
        return "/state";
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    @Override
    public Access access() {
        return Access.OPERATORS;
    }

    @Override
    public Answer answer(AdminRequest request) {
        ProxyState now = state.get();
        return AdminAnswers.json(200, json -> write(now, json));
    }

    private static void write(ProxyState state, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("version", state.version());
        json.writeStringField("time", state.now().toString());
        json.writeObjectFieldStart("configuration");
        json.writeNumberField("generation", state.configuration().generation());
        json.writeStringField("since", state.configuration().since().toString());
        json.writeEndObject();
        json.writeArrayFieldStart("issuers");
        for (ProxyState.Issuer issuer : state.issuers()) {
            write(issuer, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("workspaces");
        for (ProxyState.Workspace workspace : state.workspaces()) {
            write(workspace, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("credentials");
        for (ProxyState.Credential credential : state.credentials()) {
            write(credential, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(ProxyState.Issuer issuer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", issuer.name());
        json.writeBooleanField("usable", issuer.usable());
        json.writeNumberField("keys", issuer.keys());
        json.writeNumberField("ignoredKeys", issuer.ignored());
        if (issuer.age().isPresent()) {
            json.writeNumberField("ageSeconds", issuer.age().get().toSeconds());
        }
        text("lastFailure", issuer.failure(), json);
        json.writeEndObject();
    }

    private static void write(ProxyState.Workspace workspace, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", workspace.name());
        json.writeStringField("freshness", workspace.freshness());
        text("snapshot", workspace.snapshot(), json);
        json.writeNumberField("assignments", workspace.assignments());
        if (workspace.age().isPresent()) {
            json.writeNumberField("ageSeconds", workspace.age().get().toSeconds());
        }
        json.writeNumberField("failures", workspace.failures());
        text("lastFailure", workspace.failure(), json);
        json.writeEndObject();
    }

    private static void write(ProxyState.Credential credential, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("upstream", credential.upstream());
        json.writeStringField("kind", credential.kind());
        text("usableUntil", credential.usableUntil().map(Object::toString), json);
        json.writeNumberField("failures", credential.failures());
        text("lastFailure", credential.failure(), json);
        json.writeEndObject();
    }

    private static void text(String name, Optional<String> value, JsonGenerator json)
            throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
