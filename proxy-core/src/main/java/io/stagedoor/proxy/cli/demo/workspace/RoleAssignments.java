package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The role assignment calls, today's and the legacy ones under {@code /rbac}.
 *
 * <p>Lists page by the field {@code x-ms-continuation} in request and answer; on the last page the
 * field is there and empty, as recorded of the service.
 */
final class RoleAssignments {
    private static final String CONTINUATION = "x-ms-continuation";
    private static final String ONE = "/roleAssignments/{id}";

    private final AtomicInteger pageSize;
    private final Map<String, Stored> byId =
            new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    RoleAssignments(AtomicInteger pageSize) {
        this.pageSize = pageSize;
    }

    void addTo(Routes routes) {
        for (String root : List.of("", "/rbac")) {
            routes.add("GET", root + "/roleAssignments", this::list);
            routes.add("GET", root + ONE, this::get);
            routes.add("DELETE", root + ONE, this::delete);
        }
        routes.add("PUT", ONE, call -> put(call.parameter("id"), call.body()));
        routes.add(
                "POST",
                "/rbac/roleAssignments",
                call -> put(UUID.randomUUID().toString(), call.body()));
        routes.add("POST", "/rbac/getMyAssignedRoles", call -> ofTheCaller());
    }

    void store(String id, String roleDefinitionId, String principalId, String scope) {
        byId.put(id, new Stored(id, roleDefinitionId, principalId, Scope.parse(scope), "User"));
    }

    boolean remove(String id) {
        return byId.remove(id) != null;
    }

    List<Stored> all() {
        return List.copyOf(byId.values());
    }

    private Reply list(Call call) {
        SeenRequest request = call.request();
        List<Stored> matching = all().stream().filter(each -> each.matches(request)).toList();
        int from = request.field(CONTINUATION).map(RoleAssignments::position).orElse(0);
        int to = Math.min(matching.size(), from + pageSize.get());
        List<ObjectNode> page =
                matching.subList(Math.min(from, to), to).stream().map(Stored::json).toList();
        ObjectNode body = Json.object().put("count", page.size());
        String next = to < matching.size() ? "page-from-" + to : "";
        return Json.answer(200, body.set("value", Json.array(page))).with(CONTINUATION, next);
    }

    private static int position(String continuation) {
        String digits = continuation.replace("page-from-", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private Reply get(Call call) {
        String id = call.parameter("id");
        return Optional.ofNullable(byId.get(id))
                .map(found -> Json.answer(200, found.json()))
                .orElseGet(() -> missing(id));
    }

    private Reply delete(Call call) {
        return Answer.empty(remove(call.parameter("id")) ? 200 : 204);
    }

    private Answer put(String id, JsonNode body) {
        Optional<Stored> wanted = Stored.from(id, body);
        if (wanted.isEmpty()) {
            return Json.error(400, "BadRequest", "roleId, principalId and scope are needed");
        }
        boolean exists = all().stream().anyMatch(wanted.get()::repeatsUnderOtherId);
        if (exists) {
            return Json.error(409, "RoleAssignmentExists", "The role assignment already exists.");
        }
        byId.put(id, wanted.get());
        return Json.answer(200, wanted.get().json());
    }

    private Answer ofTheCaller() {
        List<String> roles =
                all().stream()
                        .filter(each -> each.principalId().equals(FakeWorkspace.OWN_IDENTITY))
                        .map(Stored::roleDefinitionId)
                        .toList();
        return Json.answer(200, Json.MAPPER.valueToTree(roles));
    }

    private static Answer missing(String id) {
        return Json.error(404, "RoleAssignmentNotFound", "no role assignment `" + id + "`");
    }

    /** One assignment as the service stores it. */
    record Stored(
            String id,
            String roleDefinitionId,
            String principalId,
            Scope scope,
            String principalType) {

        /** Reads the body of a PUT; empty when a member is missing or the scope is malformed. */
        static Optional<Stored> from(String id, JsonNode body) {
            try {
                return Optional.of(
                        new Stored(
                                id,
                                body.required("roleId").asText(),
                                body.required("principalId").asText(),
                                Scope.parse(body.required("scope").asText()),
                                body.path("principalType").asText("User")));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        boolean matches(SeenRequest request) {
            return request.parameter("roleId").map(roleDefinitionId::equalsIgnoreCase).orElse(true)
                    && request.parameter("principalId")
                            .map(principalId::equalsIgnoreCase)
                            .orElse(true)
                    && request.parameter("scope").map(this::appliesAt).orElse(true);
        }

        boolean repeatsUnderOtherId(Stored other) {
            return !id.equalsIgnoreCase(other.id)
                    && roleDefinitionId.equalsIgnoreCase(other.roleDefinitionId)
                    && principalId.equalsIgnoreCase(other.principalId)
                    && scope.equals(other.scope);
        }

        ObjectNode json() {
            return Json.object()
                    .put("id", id)
                    .put("roleDefinitionId", roleDefinitionId)
                    .put("principalId", principalId)
                    .put("scope", scope.text())
                    .put("principalType", principalType);
        }

        private boolean appliesAt(String wanted) {
            return scope.covers(Scope.parse(wanted));
        }
    }
}
