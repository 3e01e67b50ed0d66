package io.stagedoor.policy.peers;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.ActionSet;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The role assignments of one workspace with 2,000 items, and questions about them. The same seed
 * gives the same workload.
 *
 * <p>Ten roles hold 6 to 15 of 40 actions. Seven assignments of ten are held by groups, and one of a
 * hundred is at the workspace; the others are at an item.
 *
 * @param roles the roles
 * @param assignments who holds which role where
 * @param groupsOf the groups of the users that ask, by the number of the user
 * @param questions as many different users' questions as are asked in turn
 */
record Workload(
        List<RoleDefinition> roles,
        List<RoleAssignment> assignments,
        Map<Integer, Set<PrincipalId>> groupsOf,
        List<Question> questions) {

    static final Scope ROOT = Scope.workspace("ws1");

    private static final int QUESTIONS = 64;
    private static final int ROLES = 10;
    private static final int ACTIONS = 40;
    private static final int ITEMS = 2000;
    private static final int GROUPS_OF_USER = 10;
    private static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";

    /** Makes a workload of questions that all have one answer. */
    static Workload of(int size, boolean allowed) {
        Random random = new Random(7);
        List<RoleDefinition> roles =
                IntStream.range(0, ROLES).mapToObj(number -> role(number, random)).toList();
        int users = Math.max(1000, size / 20);
        int groups = Math.max(300, size / 50);
        List<RoleAssignment> assignments = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean byGroup = random.nextInt(10) < 7;
            PrincipalId holder =
                    byGroup ? group(random.nextInt(groups)) : user(random.nextInt(users));
            Scope scope = random.nextInt(100) == 0 ? ROOT : item(random.nextInt(ITEMS));
            String role = roles.get(random.nextInt(ROLES)).id();
            assignments.add(new RoleAssignment("a" + i, role, holder, scope, "live"));
        }
        Map<Integer, Set<PrincipalId>> groupsOf =
                IntStream.range(0, users)
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        Function.identity(), _ -> someGroups(groups, random)));
        Workload asked = new Workload(roles, assignments, groupsOf, List.of());
        List<Question> questions =
                IntStream.range(0, users)
                        .mapToObj(user -> asked.question(user, random))
                        .filter(question -> question.allowed() == allowed)
                        .limit(QUESTIONS)
                        .toList();
        return new Workload(roles, assignments, groupsOf, questions);
    }

    /** Copies the collections. */
    Workload {
        roles = List.copyOf(roles);
        assignments = List.copyOf(assignments);
        groupsOf = Map.copyOf(groupsOf);
        questions = List.copyOf(questions);
    }

    private static RoleDefinition role(int number, Random random) {
        Set<Action> actions = new HashSet<>();
        while (actions.size() < 6 + number) {
            actions.add(Action.all().get(random.nextInt(ACTIONS)));
        }
        String name = "role" + number;
        return new RoleDefinition(name, name, ActionSet.of(actions), Set.of(), false);
    }

    private static Set<PrincipalId> someGroups(int groups, Random random) {
        Set<PrincipalId> some = new HashSet<>();
        while (some.size() < GROUPS_OF_USER) {
            some.add(group(random.nextInt(groups)));
        }
        return Set.copyOf(some);
    }

    private Question question(int user, Random random) {
        Action action = Action.all().get(random.nextInt(ACTIONS));
        Scope item = item(random.nextInt(ITEMS));
        Set<String> giving =
                roles.stream()
                        .filter(role -> role.actions().contains(action))
                        .map(RoleDefinition::id)
                        .collect(Collectors.toSet());
        Set<PrincipalId> holders = holdersOf(user);
        boolean allowed =
                assignments.stream()
                        .anyMatch(
                                each ->
                                        holders.contains(each.principal())
                                                && giving.contains(each.roleDefinitionId())
                                                && each.scope().covers(item));
        return new Question(user, action, item, allowed);
    }

    /** Returns the user and all groups of the user. */
    Set<PrincipalId> holdersOf(int user) {
        Set<PrincipalId> holders = new HashSet<>(groupsOf.getOrDefault(user, Set.of()));
        holders.add(user(user));
        return holders;
    }

    static PrincipalId user(int number) {
        return id("829ae9c5", number);
    }

    private static PrincipalId group(int number) {
        return id("6f0e5b1a", number);
    }

    private static PrincipalId id(String start, int number) {
        return PrincipalId.of(
                TENANT, String.format(Locale.ROOT, "%s-0000-4000-8000-%012d", start, number));
    }

    private static Scope item(int number) {
        return ROOT.item(ItemType.BIG_DATA_POOL, "pool" + number);
    }
}
