package io.stagedoor.policy.testing;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.Effect;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationTraits;
import io.stagedoor.policy.operation.PathTemplate;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.ActionSet;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.scope.ScopeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Random snapshots, principals and operations from one seed, small enough for everything to meet.
 */
public final class RandomAccess {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final Scope ROOT = Scope.workspace("w");

    private static final List<Scope> SCOPES =
            List.of(
                    ROOT,
                    ROOT,
                    ROOT.item(ItemType.BIG_DATA_POOL, "p"),
                    ROOT.item(ItemType.BIG_DATA_POOL, "p2"),
                    ROOT.item(ItemType.INTEGRATION_RUNTIME, "p"),
                    ROOT.item(ItemType.CREDENTIAL, "WorkspaceSystemIdentity"),
                    Scope.workspace("w2"),
                    Scope.parse("workspaces/w2/bigDataPools/p"));

    private final Random random;
    private final List<RoleDefinition> roles = new ArrayList<>(BuiltInRoles.all());
    private final Map<PrincipalId, Set<PrincipalId>> memberOf = new HashMap<>();
    private final List<RoleAssignment> assignments = new ArrayList<>();

    /** Makes the random world of a seed. */
    public RandomAccess(long seed) {
        this.random = new Random(seed);
        IntStream.range(0, random.nextInt(4)).forEach(this::addRole);
        IntStream.range(0, random.nextInt(8))
                .forEach(
                        _ ->
                                memberOf.computeIfAbsent(anybody(), _ -> new HashSet<>())
                                        .add(anybody()));
        IntStream.range(0, random.nextInt(9)).forEach(_ -> assignments.add(assignment()));
    }

    private void addRole(int number) {
        List<Action> actions = new ArrayList<>(List.of(one(Action.all())));
        IntStream.range(0, random.nextInt(6)).forEach(_ -> actions.add(one(Action.all())));
        Set<ScopeType> at = new HashSet<>(Set.of(RootType.WORKSPACE));
        IntStream.range(0, random.nextInt(4)).forEach(_ -> at.add(one(List.of(ItemType.values()))));
        roles.add(
                new RoleDefinition(
                        "custom-" + number, "Custom " + number, ActionSet.of(actions), at, false));
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private PrincipalId anybody() {
        return PrincipalId.of(random.nextInt(10) == 0 ? "other" : "t", "p" + random.nextInt(6));
    }

    /** Returns a new random assignment, sometimes of an unknown role or at a foreign scope. */
    public RoleAssignment assignment() {
        String role = random.nextInt(12) == 0 ? "unknown" : one(roles).id();
        String id = "a" + random.nextLong();
        return new RoleAssignment(id, role, anybody(), one(SCOPES), "live");
    }

    /** Returns a random principal, with known groups unless said otherwise. */
    public Principal principal() {
        Set<PrincipalId> groups = new HashSet<>();
        IntStream.range(0, random.nextInt(3)).forEach(_ -> groups.add(anybody()));
        return new Principal(
                anybody(),
                PrincipalKind.UNKNOWN,
                Optional.empty(),
                random.nextInt(6) == 0 ? GroupMembership.unknown() : GroupMembership.known(groups));
    }

    /** Returns an operation with one to three random requirements. */
    public BoundOperation operation() {
        List<BoundRequirement> requirements = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        while (requirements.size() < count) {
            BoundRequirement next = requirement();
            if (!requirements.contains(next)) {
                requirements.add(next);
            }
        }
        Operation operation =
                new Operation(
                        "Random_Operation",
                        Platform.SYNAPSE,
                        "POST",
                        PathTemplate.parse("/random"),
                        "random",
                        Effect.EXECUTE,
                        List.of(),
                        new OperationTraits(
                                Set.of(), Set.of(200), List.of(), List.of(), Optional.empty()));
        return new BoundOperation(operation, ROOT, Map.of(), requirements, Map.of());
    }

    private BoundRequirement requirement() {
        if (random.nextInt(4) == 0) {
            return new BoundRequirement.Anywhere(
                    random.nextInt(4) == 0 ? one(Action.all()) : Action.read(), ROOT);
        }
        Action action =
                random.nextBoolean() ? one(Action.all()) : one(one(roles).actions().actions());
        return new BoundRequirement.At(action, one(SCOPES.subList(0, 6)));
    }

    /** Returns the roles of this world. */
    public List<RoleDefinition> roles() {
        return roles;
    }

    /** Returns the assignments of this world. */
    public List<RoleAssignment> assignments() {
        return assignments;
    }

    /** Returns the declared memberships of this world. */
    public Map<PrincipalId, Set<PrincipalId>> memberOf() {
        return memberOf;
    }

    /** Returns the snapshot of this world with other assignments. */
    public AccessSnapshot snapshot(List<RoleAssignment> all) {
        return AccessSnapshot.builder(ROOT)
                .id("s")
                .takenAt(NOW)
                .definitions(roles)
                .assignments(all)
                .groupGraph(GroupGraph.of(memberOf))
                .build();
    }

    /** Returns the source of randomness, for further choices of a test. */
    public Random random() {
        return random;
    }
}
