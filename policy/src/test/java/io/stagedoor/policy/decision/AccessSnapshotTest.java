package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.CALLER;
import static io.stagedoor.policy.testing.Scenario.NOW;
import static io.stagedoor.policy.testing.Scenario.W;
import static io.stagedoor.policy.testing.Scenario.assignment;
import static io.stagedoor.policy.testing.Scenario.bind;
import static io.stagedoor.policy.testing.Scenario.holding;
import static io.stagedoor.policy.testing.Verdicts.permitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stagedoor.policy.role.ActionSet;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.testing.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessSnapshotTest {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static AccessSnapshot.Builder builder() {
        return AccessSnapshot.builder(W).id("s").takenAt(NOW);
    }

    private static AccessSnapshot of(RoleAssignment... assignments) {
        return builder().assignments(List.of(assignments)).build();
    }

    private static Decision read(AccessSnapshot snapshot, Instant now) {
        return new Authorizer()
                .decide(
                        snapshot,
                        holding().caller(),
                        bind("GET", "/pipelines", "-", Map.of()),
                        now);
    }

    @DisplayName("S7: an unknown role grants nothing, not even read, and is reported")
    @Test
    void anUnknownRoleGrantsNothingAndIsReported() {
        AccessSnapshot snapshot =
                of(
                        new RoleAssignment(
                                "a", "FFFFFFFF-0000-4000-8000-000000000001", CALLER, W, "live"));

        assertThat(snapshot.unknownRoles()).containsExactly("ffffffff-0000-4000-8000-000000000001");
        assertThat(
                        new Authorizer()
                                .decide(
                                        snapshot,
                                        holding().caller(),
                                        bind("GET", "/workspace", "-", Map.of()),
                                        NOW))
                .isInstanceOf(Deny.MissingPermission.class);
    }

    @DisplayName("S14: a role without any action still implies read, as the service's text says")
    @Test
    void aKnownRoleWithoutActionsImpliesRead() {
        RoleDefinition empty =
                new RoleDefinition(
                        "empty", "Empty", ActionSet.NONE, Set.of(RootType.WORKSPACE), false);
        AccessSnapshot snapshot =
                builder()
                        .definitions(List.of(empty))
                        .assignments(List.of(new RoleAssignment("a", "empty", CALLER, W, "live")))
                        .build();

        permitted(
                new Authorizer()
                        .decide(
                                snapshot,
                                holding().caller(),
                                bind("GET", "/workspace", "-", Map.of()),
                                NOW));
    }

    @Test
    void anAssignmentAtAForbiddenScopeTypeCountsAndIsReported() {
        RoleAssignment odd = assignment("Synapse Artifact User", CALLER, "{W}/bigDataPools/p");

        AccessSnapshot snapshot = of(odd, assignment("Synapse User", CALLER, "{W}/bigDataPools/p"));

        assertThat(snapshot.assignableConflicts()).containsExactly(odd);
        assertThat(
                        new Authorizer()
                                .decide(
                                        snapshot,
                                        holding().caller(),
                                        bind("GET", "/workspace", "-", Map.of()),
                                        NOW))
                .isInstanceOf(Permit.class);
    }

    @DisplayName(
            "S53: past its greatest age nothing is decided; exactly at it the snapshot is fresh")
    @ParameterizedTest
    @CsvSource({
        "-3600, true",
        "0, true",
        "599, true",
        "600, true",
        "600.000000001, false",
        "601, false"
    })
    void isFreshUpToItsLimit(java.math.BigDecimal age, boolean fresh) {
        Instant now = NOW.plusNanos(age.movePointRight(9).longValueExact());
        AccessSnapshot snapshot =
                builder()
                        .maxAge(LIMIT)
                        .assignments(List.of(assignment("Synapse Artifact User", CALLER, "{W}")))
                        .build();

        Decision decision = read(snapshot, now);

        assertThat(snapshot.isStale(now)).isEqualTo(!fresh);
        if (fresh) {
            permitted(decision);
        } else {
            assertThat(decision)
                    .isEqualTo(new Deny.StaleSnapshot(Duration.between(NOW, now), LIMIT));
        }
    }

    @Test
    void doesNotAgeWithoutALimit() {
        assertThat(of().isStale(NOW.plus(Duration.ofDays(3650)))).isFalse();
        assertThat(of().maxAge()).isEmpty();
    }

    @DisplayName("S54: what the next snapshot lacks is denied from then on")
    @Test
    void aRemovedAssignmentStopsWithTheNextSnapshot() {
        RoleAssignment assignment = assignment("Synapse Artifact User", CALLER, "{W}");

        permitted(read(of(assignment), NOW));
        assertThat(read(of(), NOW)).isInstanceOf(Deny.MissingPermission.class);
    }

    @DisplayName("S53: a snapshot does not change when its sources do")
    @Test
    void copiesItsParts() {
        List<RoleAssignment> assignments = new ArrayList<>();
        assignments.add(assignment("Synapse Artifact User", CALLER, "{W}"));
        AccessSnapshot snapshot = builder().assignments(assignments).build();

        assignments.clear();

        permitted(read(snapshot, NOW));
        assertThat(snapshot.assignments()).hasSize(1);
    }

    @Test
    void findsAssignmentsByIdWithoutCaseOfGuids() {
        RoleAssignment assignment =
                new RoleAssignment("0550E787-0000-4000-8000-000000000001", "r", CALLER, W, "live");
        AccessSnapshot snapshot = of(assignment);

        assertThat(snapshot.assignmentById("0550e787-0000-4000-8000-000000000001"))
                .contains(assignment);
        assertThat(snapshot.assignmentById("other")).isEmpty();
        assertThat(snapshot.assignmentById(" ")).isEmpty();
    }

    @Test
    void knowsItsDefinitions() {
        RoleAssignment user = assignment("Synapse User", CALLER, "{W}");
        RoleAssignment unknown = new RoleAssignment("a", "unknown", CALLER, W, "live");
        AccessSnapshot snapshot = of(user, unknown);

        assertThat(snapshot.definitions()).hasSize(11);
        assertThat(snapshot.definitionOf(user)).isEqualTo(BuiltInRoles.byName("Synapse User"));
        assertThat(snapshot.definitionOf(unknown)).isEmpty();
    }

    @Test
    void takesExactRepetitionsForOne() {
        RoleAssignment assignment = assignment("Synapse Artifact User", CALLER, "{W}");

        permitted(read(of(assignment, assignment), NOW));
    }

    @Test
    void refusesTwoAssignmentsOfOneId() {
        RoleAssignment one = new RoleAssignment("a", "r", CALLER, W, "live");
        RoleAssignment other = new RoleAssignment("a", "r2", CALLER, W, "access.yaml:3:1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(one, other))
                .withMessage(
                        "two different assignments have the id `a`: from live and from"
                                + " access.yaml:3:1");
    }

    @Test
    void refusesTwoRolesOfOneId() {
        RoleDefinition user = BuiltInRoles.byName("Synapse User").orElseThrow();
        RoleDefinition other =
                new RoleDefinition(user.id(), "Other", user.actions(), user.assignableAt(), true);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().definitions(List.of(user, other)).build())
                .withMessageContaining("two different roles have the id");
        assertThat(builder().definitions(List.of(user, user)).build().definitions()).hasSize(1);
    }

    @Test
    void needsIdTimeAndARoot() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AccessSnapshot.builder(W).takenAt(NOW).build())
                .withMessage("the snapshot has no id");
        assertThatIllegalStateException()
                .isThrownBy(() -> AccessSnapshot.builder(W).id("s").build())
                .withMessage("the snapshot has no time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessSnapshot.builder(Scope.parse("workspaces/w/credentials/c")))
                .withMessageContaining("is not a root scope");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxAge(Duration.ofSeconds(-1)));
    }

    @Test
    void decidesAboutItsOwnRootOnly() {
        AccessSnapshot other =
                AccessSnapshot.builder(Scope.workspace("w2")).id("s").takenAt(NOW).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(other, NOW))
                .withMessage("the snapshot of `workspaces/w2` cannot decide about `workspaces/w`");
    }

    @Test
    void saysWhatItIs() {
        AccessSnapshot snapshot = builder().maxAge(LIMIT).build();

        assertThat(snapshot.id()).isEqualTo("s");
        assertThat(snapshot.takenAt()).isEqualTo(NOW);
        assertThat(snapshot.root()).isEqualTo(W);
        assertThat(snapshot.maxAge()).contains(LIMIT);
        assertThat(snapshot.guardrails()).isEmpty();
        assertThat(snapshot.groupGraph().isEmpty()).isTrue();
        assertThat(snapshot.foreignAssignments()).isEmpty();
    }

    @Test
    void aCallerWhoseGroupsChangedIsNotTakenForTheOneRemembered() {
        AccessSnapshot snapshot =
                of(assignment("Synapse Artifact User", Scenario.id("readers"), "{W}"));
        var member = holding().member(Scenario.id("readers")).caller();
        var former = holding().member(Scenario.id("others")).caller();
        var unknown = holding().groupsUnknown().caller();
        var operation = bind("GET", "/pipelines", "-", Map.of());
        Authorizer authorizer = new Authorizer();

        for (int time = 0; time < 3; time++) {
            permitted(authorizer.decide(snapshot, member, operation, NOW));
            assertThat(authorizer.decide(snapshot, former, operation, NOW))
                    .isInstanceOf(Deny.MissingPermission.class);
            assertThat(authorizer.decide(snapshot, unknown, operation, NOW))
                    .isInstanceOf(Deny.GroupsUnknown.class);
        }
    }
}
