package io.stagedoor.policy.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Authorizer;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A caller with assignments in the workspace {@code w}, and the decisions on its requests.
 *
 * <p>Assignments are written as in {@code golden-matrix.txt}. Requests go through the real
 * catalogue.
 */
public final class Scenario {

    public static final Scope W = Scope.workspace("w");
    public static final PrincipalId CALLER = PrincipalId.of("tenant", "caller");
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RoleAssignment> assignments = new ArrayList<>();
    private final Set<PrincipalId> groups = new HashSet<>();
    private final Map<PrincipalId, Set<PrincipalId>> memberOf = new HashMap<>();
    private final List<Guardrail> guardrails = new ArrayList<>();
    private Optional<String> client = Optional.empty();
    private boolean groupsKnown = true;
    private boolean filtersLists;

    private Scenario() {}

    /** Makes the scenario of a caller that holds these assignments. */
    public static Scenario holding(String... assignments) {
        Scenario scenario = new Scenario();
        Arrays.stream(assignments).forEach(scenario::hold);
        return scenario;
    }

    /** Returns the id of a group, or of anybody else, in the caller's tenant. */
    public static PrincipalId id(String name) {
        return PrincipalId.of("tenant", name);
    }

    /** Returns an assignment of a built-in role at a scope in which {@code {W}} is the workspace. */
    public static RoleAssignment assignment(String role, PrincipalId holder, String scope) {
        String id = role.replace(' ', '-') + "/" + holder + "/" + scope;
        return new RoleAssignment(id, roleId(role), holder, scope(scope), "live");
    }

    /** Returns the scope of this text, in which {@code {W}} is the workspace. */
    public static Scope scope(String text) {
        return Scope.parse(text.replace("{W}", W.text()));
    }

    private static String roleId(String role) {
        return BuiltInRoles.byName(role).orElseThrow().id();
    }

    private void hold(String text) {
        String[] roleAndPlace = text.split(" @ ", 2);
        String[] placeAndGroups = roleAndPlace[1].split(" via ", 2);
        PrincipalId holder =
                placeAndGroups.length == 1 ? CALLER : nest(placeAndGroups[1].split(" > "));
        add(assignment(roleAndPlace[0], holder, placeAndGroups[0]));
    }

    private PrincipalId nest(String... names) {
        groups.add(id(names[0]));
        for (int i = 1; i < names.length; i++) {
            in(id(names[i - 1]), id(names[i]));
        }
        return id(names[names.length - 1]);
    }

    /** Adds an assignment of anybody. */
    public Scenario add(RoleAssignment assignment) {
        assignments.add(assignment);
        return this;
    }

    /** Declares a membership. */
    public Scenario in(PrincipalId member, PrincipalId group) {
        memberOf.computeIfAbsent(member, _ -> new HashSet<>()).add(group);
        return this;
    }

    /** Lets the token of the caller name a group. */
    public Scenario member(PrincipalId group) {
        groups.add(group);
        return this;
    }

    /** Makes the caller's groups unknown. */
    public Scenario groupsUnknown() {
        groupsKnown = false;
        return this;
    }

    /** Has lists narrowed to what the caller may see. */
    public Scenario filteringLists() {
        filtersLists = true;
        return this;
    }

    /** Lets the caller come with a client application. */
    public Scenario client(String application) {
        client = Optional.of(application);
        return this;
    }

    /** Adds a guardrail. */
    public Scenario guardrail(Guardrail guardrail) {
        guardrails.add(guardrail);
        return this;
    }

    /** Returns the snapshot. */
    public AccessSnapshot snapshot() {
        return AccessSnapshot.builder(W)
                .id("snapshot-1")
                .takenAt(NOW)
                .assignments(assignments)
                .guardrails(guardrails)
                .groupGraph(GroupGraph.of(memberOf))
                .filtersLists(filtersLists)
                .build();
    }

    /** Returns the caller. */
    public Principal caller() {
        GroupMembership membership =
                groupsKnown ? GroupMembership.known(groups) : GroupMembership.unknown();
        return new Principal(CALLER, PrincipalKind.USER, client, membership);
    }

    /** Decides on a request without a body. */
    public Decision decide(String method, String path) {
        return decide(method, path, "-");
    }

    /** Decides on a request; a body of one dash is no body. */
    public Decision decide(String method, String path, String body) {
        return decide(bind(method, path, body, Map.of()));
    }

    /** Decides on an operation. */
    public Decision decide(BoundOperation operation) {
        return new Authorizer().decide(snapshot(), caller(), operation, NOW);
    }

    /**
     * Binds a request to the workspace.
     *
     * @param stored what look-ups outside the body find; the rest find nothing
     */
    public static BoundOperation bind(
            String method, String path, String body, Map<ScopeInput, String> stored) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        MatchedOperation matched =
                OperationCatalogue.synapse().resolve(method, segments).orElseThrow();
        JsonNode json = json(body.replace("{W}", W.text()));
        Map<ScopeInput, ScopeValue> inputs = new HashMap<>();
        for (ScopeInput input : matched.neededInputs()) {
            inputs.put(input, valueOf(input, json, stored));
        }
        return matched.bind(W, inputs);
    }

    private static ScopeValue valueOf(
            ScopeInput input, JsonNode json, Map<ScopeInput, String> stored) {
        if (input instanceof ScopeInput.BodyField(String pointer)) {
            JsonNode field = json.at(pointer);
            return field.isTextual() ? ScopeValue.text(field.textValue()) : ScopeValue.absent();
        }
        return Optional.ofNullable(stored.get(input))
                .map(ScopeValue::text)
                .orElseGet(ScopeValue::absent);
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body.equals("-") ? "{}" : body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }
}
