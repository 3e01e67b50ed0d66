package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.scim.store.Kind;
import io.stagedoor.proxy.scim.store.ScimState;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a user or group must be like when it is pushed, and how it is shown. Attributes that nothing
 * here looks at are kept as they are; a password never is.
 */
final class ResourceForm {

    private static final int LONGEST = 1024;
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    private static final List<String> NOT_KEPT =
            List.of("id", "meta", "schemas", "password", "groups", "members");

    private ResourceForm() {}

    /** Returns the attributes to keep of what was pushed, without members. */
    static ObjectNode attributes(Kind kind, ObjectNode pushed) throws ScimException {
        ObjectNode kept = pushed.deepCopy();
        kept.remove(NOT_KEPT);
        check(kind, kept);
        return kept;
    }

    /** Checks what is looked at; brings {@code active} into its form. */
    static void check(Kind kind, ObjectNode resource) throws ScimException {
        requireText(resource, kind.uniqueName());
        if (resource.has("externalId")) {
            requireText(resource, "externalId");
        }
        if (resource.has("active")) {
            resource.put("active", flag(resource.path("active")));
        }
    }

    private static void requireText(ObjectNode resource, String attribute) throws ScimException {
        JsonNode value = resource.path(attribute);
        boolean good =
                value.isTextual()
                        && !value.textValue().isBlank()
                        && value.textValue().length() <= LONGEST;
        if (!good) {
            throw ScimException.invalid("invalidValue", "`" + attribute + "` must be a text");
        }
    }

    /** Entra has been seen to write {@code "False"}. */
    private static boolean flag(JsonNode value) throws ScimException {
        String text = value.asText().toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw ScimException.invalid("invalidValue", "`active` must be true or false");
        }
        return text.equals("true");
    }

    /** Returns the ids in a list of members. */
    static Set<String> members(JsonNode list) throws ScimException {
        Set<String> members = new LinkedHashSet<>();
        JsonNode entries = list.isArray() ? list : JsonNodeFactory.instance.arrayNode().add(list);
        for (JsonNode entry : entries) {
            JsonNode value = entry.path("value");
            if (!value.isTextual()) {
                throw ScimException.invalid("invalidValue", "a member has no `value`");
            }
            members.add(value.textValue());
        }
        return members;
    }

    /** Notes when a resource was made and changed. */
    static ObjectNode dated(ObjectNode resource, Instant created, Instant modified) {
        resource.putObject("meta")
                .put("created", created.toString())
                .put("lastModified", modified.toString());
        return resource;
    }

    /** Returns a resource as it is shown. */
    static ObjectNode shown(
            ScimState state, Kind kind, String id, String base, boolean withMembers) {
        ObjectNode resource = state.find(kind, id).orElseThrow().deepCopy();
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.putArray("schemas").add(CORE + kind.type());
        shown.put("id", id);
        shown.setAll(resource);
        if (kind == Kind.GROUP && withMembers) {
            ArrayNode members = shown.putArray("members");
            state.membersOf(id).forEach(member -> members.add(member(state, member, base)));
        }
        ((ObjectNode) shown.path("meta"))
                .put("resourceType", kind.type())
                .put("location", location(base, kind, id));
        return shown;
    }

    static String location(String base, Kind kind, String id) {
        return base + "/" + kind.collection() + "/" + id;
    }

    private static ObjectNode member(ScimState state, String id, String base) {
        Kind kind = state.find(Kind.USER, id).isPresent() ? Kind.USER : Kind.GROUP;
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", id)
                .put("type", kind.type())
                .put("$ref", location(base, kind, id));
    }
}
