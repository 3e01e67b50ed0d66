package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.decision.ResourceKind;
import io.stagedoor.policy.decision.RunRule;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotAssemblyTest {

    private static final Scope WS1 = Scope.workspace("ws1");
    private static final PrincipalId ALICE =
            PrincipalId.of(Listed.TENANT, Listed.guid("829ae9c5", 1));
    private static final PrincipalId TEAM =
            PrincipalId.of(Listed.TENANT, Listed.guid("829ae9c5", 2));
    private static final RoleAssignment LIVE = assignment("a1", Listed.CONTRIBUTOR, "live");

    @Test
    void countsAnAssignmentOnceThatIsLiveAndDeclared() {
        AccessSnapshot snapshot =
                assemble(declared(assignment("a1", Listed.CONTRIBUTOR, "access.yaml:3:5")));

        assertThat(snapshot.assignments()).containsExactly(LIVE);
    }

    @Test
    void countsBothWhenOneIdStandsForTwoThings() {
        AccessSnapshot snapshot =
                assemble(declared(assignment("a1", Listed.ADMINISTRATOR, "access.yaml:3:5")));

        assertThat(snapshot.assignments())
                .containsExactlyInAnyOrder(
                        LIVE,
                        assignment("a1@access.yaml:3:5", Listed.ADMINISTRATOR, "access.yaml:3:5"));
    }

    @Test
    void hasTheSameIdWhereverAnAssignmentWasDeclared() {
        String one = assemble(declared(assignment("b", Listed.CONTRIBUTOR, "a.yaml:1:1"))).id();
        String other = assemble(declared(assignment("b", Listed.CONTRIBUTOR, "b.yaml:9:9"))).id();

        assertThat(one).isEqualTo(other).hasSize(24);
    }

    @Test
    void hasAnotherIdWhenAnythingThatDecidesDiffers() {
        Guardrail reading = guardrail("r", true, "daily");
        List<Declared> all =
                List.of(
                        Declared.nothing(),
                        declared(assignment("b", Listed.CONTRIBUTOR, "x")),
                        declared(assignment("b", Listed.ADMINISTRATOR, "x")),
                        declared(assignment("c", Listed.CONTRIBUTOR, "x")),
                        Declared.of(List.of(), Map.of(ALICE, Set.of(TEAM)), List.of()),
                        Declared.of(List.of(), Map.of(TEAM, Set.of(ALICE)), List.of()),
                        Declared.of(List.of(), Map.of(), List.of(reading)),
                        Declared.of(List.of(), Map.of(), List.of(guardrail("r", false, "daily"))),
                        Declared.of(List.of(), Map.of(), List.of(guardrail("r", true, "weekly"))),
                        Declared.of(List.of(), Map.of(), List.of(guardrail("s", true, "daily"))));

        assertThat(all.stream().map(declared -> assemble(declared).id()))
                .doesNotHaveDuplicates()
                .hasSize(10);
    }

    @Test
    void doesNotLookAtTheOrderOfAnything() {
        RoleAssignment b = assignment("b", Listed.CONTRIBUTOR, "x");
        RoleAssignment c = assignment("c", Listed.ADMINISTRATOR, "x");

        assertThat(assemble(declared(b, c)).id()).isEqualTo(assemble(declared(c, b)).id());
    }

    @Test
    void handsOnGroupsAndGuardrails() {
        Guardrail guardrail = guardrail("r", true, "daily");

        AccessSnapshot snapshot =
                assemble(Declared.of(List.of(), Map.of(ALICE, Set.of(TEAM)), List.of(guardrail)));

        assertThat(snapshot.guardrails()).containsExactly(guardrail);
        assertThat(snapshot.groupGraph().groupsOf(ALICE)).containsExactly(TEAM);
    }

    private static AccessSnapshot assemble(Declared declared) {
        LiveAssignments live = new LiveAssignments(TestClock.START, List.of(LIVE), List.of(), 1, 0);
        return new SnapshotAssembly(WS1, SnapshotSource.BOTH, Duration.ofMinutes(15), false)
                .assemble(Optional.of(live), Roles.BUILT_IN, declared, TestClock.START)
                .orElseThrow();
    }

    private static Declared declared(RoleAssignment... assignments) {
        return Declared.of(List.of(assignments), Map.of(), List.of());
    }

    private static Guardrail guardrail(String name, boolean mayRead, String pipeline) {
        return new Guardrail(
                name,
                Set.of(ALICE),
                Set.of(),
                mayRead,
                List.of(new RunRule(ResourceKind.PIPELINE, Set.of(pipeline))));
    }

    private static RoleAssignment assignment(String id, String role, String source) {
        return new RoleAssignment(id, role, ALICE, WS1, source);
    }
}
