package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.scim.store.Kind;
import java.util.List;

/** What the endpoint says of itself (RFC 7643, sections 5 to 7). */
final class ScimMetadata {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    private static final String PROVIDER = "ServiceProviderConfig";
    private static final String TYPES = "ResourceTypes";
    private static final String SCHEMAS = "Schemas";

    private ScimMetadata() {}

    static boolean knows(String name) {
        return name.equals(PROVIDER) || name.equals(TYPES) || name.equals(SCHEMAS);
    }

    static ObjectNode of(String name, List<String> segments, String base) throws ScimException {
        if (name.equals(PROVIDER)) {
            return provider(base);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Kind kind : Kind.values()) {
            all.add(name.equals(TYPES) ? type(kind, base) : schema(kind, base));
        }
        return segments.size() == 1 ? list(all) : one(all, segments.get(1));
    }

    private static ObjectNode one(ArrayNode all, String id) throws ScimException {
        for (JsonNode each : all) {
            if (each.path("id").asText().equals(id)) {
                return (ObjectNode) each;
            }
        }
        throw ScimException.of(404, "there is nothing of this name here");
    }

    private static ObjectNode list(ArrayNode all) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        list.put("totalResults", all.size())
                .put("startIndex", 1)
                .put("itemsPerPage", all.size())
                .set("Resources", all);
        return list;
    }

    private static ObjectNode provider(String base) {
        ObjectNode provider = JsonNodeFactory.instance.objectNode();
        provider.putArray("schemas").add(CORE + PROVIDER);
        provider.putObject("patch").put("supported", true);
        provider.putObject("bulk")
                .put("supported", false)
                .put("maxOperations", 0)
                .put("maxPayloadSize", 0);
        provider.putObject("filter").put("supported", true).put("maxResults", 1000);
        provider.putObject("changePassword").put("supported", false);
        provider.putObject("sort").put("supported", false);
        provider.putObject("etag").put("supported", false);
        provider.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "Bearer token")
                .put("description", "a token that the operator configured");
        provider.putObject("meta")
                .put("resourceType", PROVIDER)
                .put("location", base + "/" + PROVIDER);
        return provider;
    }

    private static ObjectNode type(Kind kind, String base) {
        ObjectNode type = JsonNodeFactory.instance.objectNode();
        type.putArray("schemas").add(CORE + "ResourceType");
        type.put("id", kind.type())
                .put("name", kind.type())
                .put("endpoint", "/" + kind.collection())
                .put("schema", CORE + kind.type());
        type.putObject("meta")
                .put("resourceType", "ResourceType")
                .put("location", base + "/" + TYPES + "/" + kind.type());
        return type;
    }

    private static ObjectNode schema(Kind kind, String base) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("schemas").add(CORE + "Schema");
        schema.put("id", CORE + kind.type()).put("name", kind.type());
        ArrayNode attributes = schema.putArray("attributes");
        attributes.add(attribute(kind.uniqueName(), "string", true, "server"));
        attributes.add(attribute("externalId", "string", false, "server"));
        if (kind == Kind.USER) {
            attributes.add(attribute("active", "boolean", false, "none"));
        } else {
            ObjectNode members = attribute("members", "complex", false, "none");
            members.put("multiValued", true)
                    .putArray("subAttributes")
                    .add(attribute("value", "string", true, "none"));
            attributes.add(members);
        }
        schema.putObject("meta")
                .put("resourceType", "Schema")
                .put("location", base + "/" + SCHEMAS + "/" + CORE + kind.type());
        return schema;
    }

    private static ObjectNode attribute(
            String name, String type, boolean required, String uniqueness) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("type", type)
                .put("multiValued", false)
                .put("required", required)
                .put("caseExact", false)
                .put("mutability", "readWrite")
                .put("returned", "default")
                .put("uniqueness", uniqueness);
    }
}
