package io.stagedoor.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.testing.RandomAccess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every decision, over random worlds; a failure names the seed. */
class DecisionPropertyTest {

    private static final int QUESTIONS = 20;
    private static final Authorizer AUTHORIZER = new Authorizer();

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static Decision decide(AccessSnapshot snapshot, Principal who, BoundOperation what) {
        return AUTHORIZER.decide(snapshot, who, what, RandomAccess.NOW);
    }

    /** The definition S1 and S14 written down plainly: look at every assignment. */
    private static final class Oracle {

        private final RandomAccess world;
        private final List<RoleAssignment> assignments;

        Oracle(RandomAccess world, List<RoleAssignment> assignments) {
            this.world = world;
            this.assignments = assignments;
        }

        List<BoundRequirement> missing(Principal principal, BoundOperation operation) {
            Set<PrincipalId> ids = idsOf(principal);
            return operation.requirements().stream()
                    .filter(
                            needed ->
                                    assignments.stream().noneMatch(one -> gives(one, ids, needed)))
                    .toList();
        }

        private Set<PrincipalId> idsOf(Principal principal) {
            Set<PrincipalId> ids = new HashSet<>(Set.of(principal.id()));
            if (principal.groups() instanceof GroupMembership.Known(Set<PrincipalId> groups, _)) {
                ids.addAll(groups);
            }
            int size;
            do {
                size = ids.size();
                Set<PrincipalId> found = new HashSet<>();
                ids.forEach(id -> found.addAll(world.memberOf().getOrDefault(id, Set.of())));
                ids.addAll(found);
            } while (ids.size() > size);
            return ids;
        }

        private boolean gives(
                RoleAssignment assignment, Set<PrincipalId> ids, BoundRequirement needed) {
            Optional<RoleDefinition> role =
                    world.roles().stream()
                            .filter(one -> one.id().equals(assignment.roleDefinitionId()))
                            .findFirst();
            if (role.isEmpty()
                    || !ids.contains(assignment.principal())
                    || !assignment.scope().root().equals(RandomAccess.ROOT)) {
                return false;
            }
            return switch (needed) {
                case BoundRequirement.At(Action action, var scope) ->
                        role.get().actions().contains(action) && assignment.scope().covers(scope);
                case BoundRequirement.Reached(Action action, var scope, var _) ->
                        role.get().actions().contains(action) && assignment.scope().covers(scope);
                case BoundRequirement.Anywhere(Action action, var _) ->
                        action.equals(Action.read()) || role.get().actions().contains(action);
            };
        }
    }

    @DisplayName("S1: decides as a look at every assignment would")
    @ParameterizedTest
    @MethodSource("seeds")
    void decidesAsALookAtEveryAssignmentWould(long seed) {
        RandomAccess world = new RandomAccess(seed);
        AccessSnapshot snapshot = world.snapshot(world.assignments());
        Oracle oracle = new Oracle(world, world.assignments());

        for (int i = 0; i < QUESTIONS; i++) {
            Principal who = world.principal();
            BoundOperation what = world.operation();
            List<BoundRequirement> missing = oracle.missing(who, what);
            switch (decide(snapshot, who, what)) {
                case Permit permit -> {
                    assertThat(missing).isEmpty();
                    assertEachBasisGives(oracle, who, permit, what);
                }
                case Deny.MissingPermission deny -> {
                    assertThat(deny.missing()).isEqualTo(missing).isNotEmpty();
                    assertThat(who.groups()).isInstanceOf(GroupMembership.Known.class);
                }
                case Deny.GroupsUnknown deny -> {
                    assertThat(deny.missing()).isEqualTo(missing).isNotEmpty();
                    assertThat(who.groups()).isInstanceOf(GroupMembership.Unknown.class);
                }
                case Deny other -> throw new AssertionError(other);
            }
        }
    }

    private static void assertEachBasisGives(
            Oracle oracle, Principal who, Permit permit, BoundOperation what) {
        assertThat(permit.basis()).extracting(Basis::requirement).isEqualTo(what.requirements());
        assertThat(permit.basis())
                .allSatisfy(
                        basis -> {
                            PrincipalId holder = basis.assignment().principal();
                            assertThat(
                                            oracle.gives(
                                                    basis.assignment(),
                                                    oracle.idsOf(who),
                                                    basis.requirement()))
                                    .isTrue();
                            assertThat(basis.viaGroup())
                                    .isEqualTo(
                                            holder.equals(who.id())
                                                    ? Optional.empty()
                                                    : Optional.of(holder));
                        });
    }

    @DisplayName("S2: adding an assignment never turns a permit into a denial")
    @ParameterizedTest
    @MethodSource("seeds")
    void addingAnAssignmentNeverDenies(long seed) {
        RandomAccess world = new RandomAccess(seed);
        List<RoleAssignment> more = new ArrayList<>(world.assignments());
        more.add(world.assignment());
        AccessSnapshot before = world.snapshot(world.assignments());
        AccessSnapshot after = world.snapshot(more);

        for (int i = 0; i < QUESTIONS; i++) {
            Principal who = world.principal();
            BoundOperation what = world.operation();
            if (decide(before, who, what) instanceof Permit) {
                assertThat(decide(after, who, what)).isInstanceOf(Permit.class);
            }
        }
    }

    @DisplayName("S5, S6: order and repetitions never matter, not even for the reasons given")
    @ParameterizedTest
    @MethodSource("seeds")
    void orderAndRepetitionsNeverMatter(long seed) {
        RandomAccess world = new RandomAccess(seed);
        List<RoleAssignment> assignments = new ArrayList<>(world.assignments());
        world.assignments().forEach(one -> assignments.add(copy(one)));
        List<RoleAssignment> shuffled = new ArrayList<>(assignments);
        shuffled.addAll(world.assignments());
        Collections.shuffle(shuffled, world.random());
        AccessSnapshot one = world.snapshot(assignments);
        AccessSnapshot other = world.snapshot(shuffled);

        for (int i = 0; i < QUESTIONS; i++) {
            Principal who = world.principal();
            BoundOperation what = world.operation();
            assertThat(reasons(decide(other, who, what)))
                    .isEqualTo(reasons(decide(one, who, what)));
        }
    }

    @DisplayName("S5: an equal assignment under another id changes nothing, nor does its removal")
    @ParameterizedTest
    @MethodSource("seeds")
    void equivalentAssignmentsChangeNothing(long seed) {
        RandomAccess world = new RandomAccess(seed);
        List<RoleAssignment> doubled = new ArrayList<>(world.assignments());
        world.assignments().forEach(one -> doubled.add(copy(one)));
        AccessSnapshot one = world.snapshot(world.assignments());
        AccessSnapshot other = world.snapshot(doubled);

        for (int i = 0; i < QUESTIONS; i++) {
            Principal who = world.principal();
            BoundOperation what = world.operation();
            assertThat(decide(other, who, what).code()).isEqualTo(decide(one, who, what).code());
        }
    }

    private static RoleAssignment copy(RoleAssignment one) {
        return new RoleAssignment(
                "copy-" + one.id(),
                one.roleDefinitionId(),
                one.principal(),
                one.scope(),
                one.source());
    }

    private static Object reasons(Decision decision) {
        return switch (decision) {
            case Permit permit -> permit.basis();
            case Deny deny -> deny;
        };
    }

    @Test
    void theWorldsHoldPermitsAndEveryKindOfDenial() {
        List<String> codes =
                seeds().boxed()
                        .map(RandomAccess::new)
                        .map(
                                world ->
                                        decide(
                                                        world.snapshot(world.assignments()),
                                                        world.principal(),
                                                        world.operation())
                                                .code())
                        .distinct()
                        .toList();

        assertThat(codes).containsExactlyInAnyOrder("permitted", "not_permitted", "groups_unknown");
    }
}
