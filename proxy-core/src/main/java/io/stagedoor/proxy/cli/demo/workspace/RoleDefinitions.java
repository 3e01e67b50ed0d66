package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.ScopeType;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.util.List;
import java.util.Map;

/** The role definition calls: the eleven built-in roles as a bare array, with no paging. */
final class RoleDefinitions {
    private static final String WORKSPACE = "workspaces/{workspaceName}";
    private static final Map<ScopeType, String> TEMPLATES =
            Map.of(
                    RootType.WORKSPACE, WORKSPACE,
                    ItemType.BIG_DATA_POOL, WORKSPACE + "/bigDataPools/{bigDataPoolName}",
                    ItemType.SCOPE_POOL, WORKSPACE + "/scopePools/{scopePoolName}",
                    ItemType.INTEGRATION_RUNTIME,
                            WORKSPACE + "/integrationRuntimes/{integrationRuntimeName}",
                    ItemType.LINKED_SERVICE, WORKSPACE + "/linkedServices/{linkedServiceName}",
                    ItemType.CREDENTIAL, WORKSPACE + "/credentials/{credentialName}");

    void addTo(Routes routes) {
        routes.add("GET", "/roleDefinitions", call -> Json.answer(200, Json.array(all())));
        routes.add("GET", "/roleDefinitions/{id}", RoleDefinitions::one);
        routes.add("GET", "/rbacScopes", call -> scopes());
        routes.add("GET", "/rbac/roles", call -> Json.answer(200, Json.list(all())));
        routes.add("GET", "/rbac/roles/{id}", RoleDefinitions::one);
    }

    private static List<ObjectNode> all() {
        return BuiltInRoles.all().stream().map(RoleDefinitions::json).toList();
    }

    private static Reply one(Call call) {
        String id = call.parameter("id");
        return BuiltInRoles.byId(id)
                .map(role -> Json.answer(200, json(role)))
                .orElseGet(() -> Json.error(404, "RoleNotFound", "no role `" + id + "`"));
    }

    private static Reply scopes() {
        List<String> templates = TEMPLATES.values().stream().sorted().toList();
        return Json.answer(200, Json.MAPPER.valueToTree(templates));
    }

    private static ObjectNode json(RoleDefinition role) {
        ObjectNode permission = Json.object();
        permission.putArray("actions");
        permission.putArray("notActions");
        List<String> names = role.actions().actions().stream().map(Action::name).toList();
        permission.set("dataActions", Json.MAPPER.valueToTree(names));
        permission.putArray("notDataActions");
        ObjectNode json =
                Json.object()
                        .put("id", role.id())
                        .put("name", role.name())
                        .put("isBuiltIn", role.builtIn())
                        .put("description", role.name())
                        .put("availabilityStatus", "Available");
        json.set("permissions", Json.array(List.of(permission)));
        json.set("scopes", Json.MAPPER.valueToTree(templatesOf(role)));
        return json;
    }

    private static List<String> templatesOf(RoleDefinition role) {
        return TEMPLATES.entrySet().stream()
                .filter(entry -> role.assignableAt().contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }
}
