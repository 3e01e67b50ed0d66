package io.stagedoor.policy.peers;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Cedar: an assignment is a policy that permits a principal, an action group and a scope; users are
 * in their groups, actions in the groups of their roles, and items in their workspace.
 */
final class CedarEngine implements Engine {

    private static final EntityTypeName PRINCIPAL = typeNamed("Principal");
    private static final EntityTypeName ACTION = typeNamed("Action");
    private static final EntityTypeName SCOPE = typeNamed("Scope");

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final List<Asked> asked;

    /** One request, with the entities that it speaks of and the policies that it is judged by. */
    private record Asked(AuthorizationRequest request, Set<Entity> entities, PolicySet policies) {}

    private CedarEngine(List<Asked> asked) {
        this.asked = asked;
    }

    /** Judges each request by the policies of its user and the user's groups alone. */
    static CedarEngine ofOwnPolicies(Workload workload) {
        return new CedarEngine(
                workload.questions().stream()
                        .map(question -> asked(workload, question, own(workload, question)))
                        .toList());
    }

    /** Judges each request by all policies. */
    static CedarEngine ofAllPolicies(Workload workload) {
        PolicySet all = policies(workload, _ -> true);
        return new CedarEngine(
                workload.questions().stream()
                        .map(question -> asked(workload, question, all))
                        .toList());
    }

    /** Has the policies parsed once and kept on the native side; else they go with each request. */
    CedarEngine parsed() throws CacheException {
        PolicySet.setCacheMaxPolicySets(asked.size() + 1);
        for (Asked each : asked) {
            each.policies().cache();
        }
        return this;
    }

    private static PolicySet own(Workload workload, Question question) {
        Set<PrincipalId> holders = workload.holdersOf(question.user());
        return policies(workload, assignment -> holders.contains(assignment.principal()));
    }

    private static PolicySet policies(Workload workload, Predicate<RoleAssignment> wanted) {
        return new PolicySet(
                workload.assignments().stream()
                        .filter(wanted)
                        .map(CedarEngine::policy)
                        .collect(Collectors.toSet()));
    }

    private static Policy policy(RoleAssignment assignment) {
        return new Policy(
                "permit(principal in "
                        + principal(assignment.principal()).toCedarExpr()
                        + ", action in "
                        + new EntityUID(ACTION, assignment.roleDefinitionId()).toCedarExpr()
                        + ", resource in "
                        + scope(assignment.scope()).toCedarExpr()
                        + ");",
                assignment.id());
    }

    private static Asked asked(Workload workload, Question question, PolicySet policies) {
        EntityUID user = principal(Workload.user(question.user()));
        EntityUID action = new EntityUID(ACTION, question.action().shortName());
        EntityUID item = scope(question.item());
        EntityUID root = scope(question.item().root());
        Set<EntityUID> groups =
                workload.groupsOf().getOrDefault(question.user(), Set.of()).stream()
                        .map(CedarEngine::principal)
                        .collect(Collectors.toSet());
        Set<EntityUID> roles =
                workload.roles().stream()
                        .filter(role -> role.actions().contains(question.action()))
                        .map(RoleDefinition::id)
                        .map(role -> new EntityUID(ACTION, role))
                        .collect(Collectors.toSet());
        Set<Entity> entities = new HashSet<>();
        entities.add(new Entity(user, Map.of(), groups));
        entities.add(new Entity(action, Map.of(), roles));
        entities.add(new Entity(item, Map.of(), Set.of(root)));
        return new Asked(
                new AuthorizationRequest(user, action, item, Map.of()), entities, policies);
    }

    private static EntityUID principal(PrincipalId id) {
        return new EntityUID(PRINCIPAL, id.objectId());
    }

    private static EntityUID scope(Scope scope) {
        return new EntityUID(SCOPE, scope.text());
    }

    private static EntityTypeName typeNamed(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }

    @Override
    public boolean allows(int number) {
        Asked each = asked.get(number);
        try {
            AuthorizationResponse response =
                    engine.isAuthorized(each.request(), each.policies(), each.entities());
            return response.success
                    .orElseThrow(() -> new IllegalStateException(response.toString()))
                    .isAllowed();
        } catch (AuthException e) {
            throw new IllegalStateException("Cedar did not answer", e);
        }
    }
}
