package io.stagedoor.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The state of all parts of the proxy at one moment.
 *
 * @param components the state of each part
 */
public record HealthReport(List<ComponentHealth> components) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Copies the list. */
    public HealthReport {
        components = List.copyOf(components);
    }

    /** Returns whether every part is healthy. */
    public boolean isHealthy() {
        return components.stream().allMatch(ComponentHealth::healthy);
    }

    /** Returns the report as JSON: {@code {"status":"ok","components":[...]}}. */
    public String json() {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("status", isHealthy() ? "ok" : "failing");
            json.writeArrayFieldStart("components");
            for (ComponentHealth component : components) {
                json.writeStartObject();
                json.writeStringField("name", component.component());
                json.writeStringField("status", component.healthy() ? "ok" : "failing");
                json.writeStringField("detail", component.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
