package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The response to a request.
 *
 * @param status the status
 * @param fields the header fields
 * @param body the body; empty for 204
 * @param changed what was changed, in a few words for the audit trail; empty if nothing was
 */
@SuppressWarnings("ArrayRecordComponent") // a body is written once and never compared
public record ScimResponse(
        int status, Map<String, String> fields, byte[] body, Optional<String> changed) {

    private static final String TYPE = "application/scim+json; charset=utf-8";

    /** Copies the fields. */
    public ScimResponse {
        fields = Map.copyOf(fields);
    }

    static ScimResponse of(int status, JsonNode body) {
        return new ScimResponse(
                status, Map.of("Content-Type", TYPE), bytes(body), Optional.empty());
    }

    static ScimResponse changed(int status, JsonNode body, String what) {
        return new ScimResponse(
                status, Map.of("Content-Type", TYPE), bytes(body), Optional.of(what));
    }

    static ScimResponse created(JsonNode body, String location, String what) {
        return new ScimResponse(
                201,
                Map.of("Content-Type", TYPE, "Location", location),
                bytes(body),
                Optional.of(what));
    }

    static ScimResponse nothing(String what) {
        return new ScimResponse(204, Map.of(), new byte[0], Optional.of(what));
    }

    static ScimResponse challenge(JsonNode body) {
        return new ScimResponse(
                401,
                Map.of("Content-Type", TYPE, "WWW-Authenticate", "Bearer realm=\"stagedoor-scim\""),
                bytes(body),
                Optional.empty());
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
