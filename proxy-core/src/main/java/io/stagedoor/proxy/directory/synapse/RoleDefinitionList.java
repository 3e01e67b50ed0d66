package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The body of {@code GET /roleDefinitions}: a bare array of roles, or an object whose {@code value}
 * is one.
 *
 * <p>All rights of a Synapse role stand in {@code dataActions}; {@code actions} and {@code
 * notActions} give and take nothing. {@code notDataActions} subtract within their own permission, by
 * whole name without case.
 */
final class RoleDefinitionList {

    private RoleDefinitionList() {}

    /**
     * Reads the list.
     *
     * @throws IOException if it is not of the documented shape, is empty or holds an id twice
     */
    static List<ListedRole> parse(byte[] body) throws IOException {
        JsonNode root = StrictJson.tree(body);
        JsonNode array = root.isObject() ? root.path("value") : root;
        if (!array.isArray() || array.isEmpty()) {
            throw new IOException("expected an array of at least one role definition");
        }
        List<ListedRole> roles = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode item : array) {
            ListedRole role = role(item);
            if (!ids.add(role.id())) {
                throw new IOException("role definition `" + role.id() + "` is listed twice");
            }
            roles.add(role);
        }
        return roles;
    }

    private static ListedRole role(JsonNode item) throws IOException {
        String id = text(item, "id");
        if (!PrincipalId.isGuid(id)) {
            throw new IOException("expected a GUID as `id` of a role definition");
        }
        return new ListedRole(
                id.toLowerCase(Locale.ROOT),
                text(item, "name"),
                item.path("isBuiltIn").asBoolean(false),
                dataActions(item.path("permissions")),
                texts(item, "scopes"));
    }

    private static Set<String> dataActions(JsonNode permissions) throws IOException {
        if (!permissions.isArray()) {
            throw new IOException("expected an array as `permissions` of a role definition");
        }
        Set<String> given = new LinkedHashSet<>();
        for (JsonNode permission : permissions) {
            Set<String> taken = folded(texts(permission, "notDataActions"));
            texts(permission, "dataActions").stream()
                    .filter(action -> !taken.contains(action.toLowerCase(Locale.ROOT)))
                    .forEach(given::add);
        }
        return given;
    }

    private static Set<String> folded(Set<String> texts) {
        Set<String> folded = new HashSet<>();
        texts.forEach(text -> folded.add(text.toLowerCase(Locale.ROOT)));
        return folded;
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
