package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import java.util.Collection;

/** The JSON shapes that every area of the workspace answers with. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array(Collection<? extends JsonNode> elements) {
        return MAPPER.createArrayNode().addAll(elements);
    }

    /** The list shape without pages, {@code {"value":[...]}}. */
    static ObjectNode list(Collection<? extends JsonNode> elements) {
        return object().set("value", array(elements));
    }

    static Answer answer(int status, JsonNode body) {
        return Answer.json(status, body.toString());
    }

    /** The nested error of the gateway, {@code {"error":{"code","message"}}}. */
    static Answer error(int status, String code, String message) {
        ObjectNode error = object().put("code", code).put("message", message);
        return answer(status, object().set("error", error));
    }

    /** The flat error of the pipelines engine, {@code {"code","message"}}. */
    static Answer flatError(int status, String code, String message) {
        return answer(status, object().put("code", code).put("message", message));
    }
}
