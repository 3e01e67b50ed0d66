package io.stagedoor.policy.peers;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.RoleDefinition;

import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * jCasbin: an assignment is a policy line of holder, scope and role; which action a role has, and
 * which group a user is in, are grouping lines. The matcher asks the cheapest first.
 */
final class CasbinEngine implements Engine {

    private static final String MATCHER =
            "(p.obj == r.obj || p.obj == r.parent) && g2(r.act, p.role) && g(r.sub, p.sub)";

    private final Enforcer enforcer;
    private final List<Object[]> requests;

    private CasbinEngine(Enforcer enforcer, Workload workload) {
        this.enforcer = enforcer;
        this.requests = workload.questions().stream().map(CasbinEngine::request).toList();
    }

    /** Takes the assignments into an enforcer of that model. */
    static CasbinEngine load(Enforcer enforcer, Workload workload) {
        enforcer.enableLog(false);
        enforcer.enableAutoSave(false);
        enforcer.addPolicies(policies(workload));
        enforcer.addNamedGroupingPolicies("g2", actions(workload));
        enforcer.addNamedGroupingPolicies("g", groups(workload));
        return new CasbinEngine(enforcer, workload);
    }

    /** Returns the model, without any line yet. */
    static Model model() {
        Model model = new Model();
        model.addDef("r", "r", "sub, obj, parent, act");
        model.addDef("p", "p", "sub, obj, role");
        model.addDef("g", "g", "_, _");
        model.addDef("g", "g2", "_, _");
        model.addDef("e", "e", "some(where (p.eft == allow))");
        model.addDef("m", "m", MATCHER);
        return model;
    }

    private static List<List<String>> policies(Workload workload) {
        Set<List<String>> lines = new LinkedHashSet<>();
        workload.assignments()
                .forEach(
                        each ->
                                lines.add(
                                        List.of(
                                                each.principal().objectId(),
                                                each.scope().text(),
                                                each.roleDefinitionId())));
        return new ArrayList<>(lines);
    }

    private static List<List<String>> actions(Workload workload) {
        List<List<String>> lines = new ArrayList<>();
        for (RoleDefinition role : workload.roles()) {
            for (Action action : role.actions().actions()) {
                lines.add(List.of(action.shortName(), role.id()));
            }
        }
        return lines;
    }

    private static List<List<String>> groups(Workload workload) {
        List<List<String>> lines = new ArrayList<>();
        for (Question question : workload.questions()) {
            String user = Workload.user(question.user()).objectId();
            for (PrincipalId group : workload.groupsOf().getOrDefault(question.user(), Set.of())) {
                lines.add(List.of(user, group.objectId()));
            }
        }
        return lines;
    }

    private static Object[] request(Question question) {
        return new Object[] {
            Workload.user(question.user()).objectId(),
            question.item().text(),
            question.item().root().text(),
            question.action().shortName()
        };
    }

    @Override
    public boolean allows(int number) {
        return enforcer.enforce(requests.get(number));
    }
}
