package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * The service's own access check, {@code POST /checkAccessSynapseRbac}: an oracle beside the proxy's
 * decision.
 *
 * <p>Counts the groups the caller names and expands none, as the service promises nothing more.
 */
final class AccessCheck {
    private final RoleAssignments assignments;

    AccessCheck(RoleAssignments assignments) {
        this.assignments = assignments;
    }

    void addTo(Routes routes) {
        routes.add("POST", "/checkAccessSynapseRbac", this::check);
    }

    private Reply check(Call call) {
        JsonNode body = call.body();
        try {
            Scope scope = Scope.parse(body.path("scope").asText());
            Set<String> principals = principals(body.path("subject"));
            List<ObjectNode> decisions = new ArrayList<>();
            for (JsonNode action : body.path("actions")) {
                decisions.add(decision(action.path("id").asText(), principals, scope));
            }
            ObjectNode answer = Json.object();
            return Json.answer(200, answer.set("AccessDecisions", Json.array(decisions)));
        } catch (IllegalArgumentException e) {
            return Json.error(400, "BadRequest", "the scope is malformed");
        }
    }

    private ObjectNode decision(String action, Set<String> principals, Scope scope) {
        Optional<RoleAssignments.Stored> reason =
                assignments.all().stream()
                        .filter(each -> principals.contains(each.principalId()))
                        .filter(each -> each.scope().covers(scope))
                        .filter(each -> holds(each.roleDefinitionId(), action))
                        .findFirst();
        ObjectNode decision =
                Json.object()
                        .put("accessDecision", reason.isPresent() ? "Allowed" : "NotAllowed")
                        .put("actionId", action);
        reason.ifPresent(each -> decision.set("roleAssignment", each.json()));
        return decision;
    }

    private static boolean holds(String roleDefinitionId, String action) {
        return BuiltInRoles.byId(roleDefinitionId)
                .flatMap(role -> Action.find(action).map(role.actions()::contains))
                .orElse(false);
    }

    private static Set<String> principals(JsonNode subject) {
        Set<String> principals = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        principals.add(subject.path("principalId").asText());
        StreamSupport.stream(subject.path("groupIds").spliterator(), false)
                .map(JsonNode::asText)
                .forEach(principals::add);
        return principals;
    }
}
