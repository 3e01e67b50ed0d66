package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.FetchedRole;
import io.stagedoor.proxy.directory.remote.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The body of {@code GET /roleDefinitions}: a bare array of roles, or an object whose {@code value}
 * is one.
 *
 * <p>All rights of a Synapse role stand in {@code dataActions}; {@code actions} and {@code
 * notActions} give and take nothing. What is not understood of a role (an unknown action or scope) is
 * kept beside it for reporting; what is not of the documented JSON shape is an error.
 */
final class RoleDefinitionList {

    private RoleDefinitionList() {}

    /**
     * Reads the list.
     *
     * @throws IOException if it is not of the documented shape, is empty or holds an id twice
     */
    static List<FetchedRole> parse(byte[] body) throws IOException {
        JsonNode root = StrictJson.tree(body);
        JsonNode array = root.isObject() ? root.path("value") : root;
        if (!array.isArray() || array.isEmpty()) {
            throw new IOException("expected an array of at least one role definition");
        }
        List<FetchedRole> roles = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : array) {
            FetchedRole role = role(item);
            if (!ids.add(role.definition().id())) {
                throw new IOException("a role definition is listed twice");
            }
            roles.add(role);
        }
        return roles;
    }

    private static FetchedRole role(JsonNode item) throws IOException {
        String id = text(item, "id");
        if (!PrincipalId.isGuid(id)) {
            throw new IOException("expected a GUID as `id` of a role definition");
        }
        JsonNode permissions = item.path("permissions");
        return FetchedRole.of(
                new FetchedRole.Answer(
                        id,
                        text(item, "name"),
                        ofAll(permissions, "dataActions"),
                        ofAll(permissions, "notDataActions"),
                        texts(item, "scopes"),
                        item.path("isBuiltIn").asBoolean(false)));
    }

    private static Set<String> ofAll(JsonNode permissions, String name) throws IOException {
        if (!permissions.isArray()) {
            throw new IOException("expected an array as `permissions` of a role definition");
        }
        Set<String> all = new LinkedHashSet<>();
        for (JsonNode permission : permissions) {
            all.addAll(texts(permission, name));
        }
        return all;
    }

    private static String text(JsonNode item, String name) throws IOException {
        JsonNode node = item.path(name);
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw new IOException("expected a string as `" + name + "` of a role definition");
        }
        return node.textValue();
    }

    /** Returns an array of strings; absent and null count as empty. */
    private static Set<String> texts(JsonNode item, String name) throws IOException {
        JsonNode array = item.path(name);
        if (array.isMissingNode() || array.isNull()) {
            return Set.of();
        }
        if (!array.isArray()) {
            throw new IOException("expected an array as `" + name + "` of a role definition");
        }
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode node : array) {
            if (!node.isTextual()) {
                throw new IOException("expected strings in `" + name + "` of a role definition");
            }
            texts.add(node.textValue());
        }
        return texts;
    }
}
