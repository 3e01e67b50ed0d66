package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has found its route.
 *
 * @param parameters the path's placeholders by name, values as sent and decoded once
 */
record Call(SeenRequest request, Map<String, String> parameters) {

    /**
     * Gives the value of a placeholder that stands in the route's template.
     *
     * @throws IllegalArgumentException when the template has no such placeholder
     */
    String parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no placeholder `" + name + "`"));
    }

    /** Gives the body as JSON; a missing node when it is empty or no JSON. */
    JsonNode body() {
        try {
            return Json.MAPPER.readTree(request.body().text());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
