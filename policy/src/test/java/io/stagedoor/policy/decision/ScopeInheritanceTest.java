package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.CALLER;
import static io.stagedoor.policy.testing.Scenario.NOW;
import static io.stagedoor.policy.testing.Scenario.W;
import static io.stagedoor.policy.testing.Scenario.bind;
import static io.stagedoor.policy.testing.Scenario.holding;
import static io.stagedoor.policy.testing.Verdicts.lacks;
import static io.stagedoor.policy.testing.Verdicts.permitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.testing.Scenario;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rights hold: the statements of semantics.md on scopes. */
class ScopeInheritanceTest {

    private static String batches(String pool) {
        return "/livyApi/versions/v/sparkPools/" + pool + "/batches";
    }

    private static Decision submit(Scenario scenario, String pool) {
        return scenario.decide("POST", batches(pool), "{}");
    }

    @DisplayName("S10: a role at the workspace holds at every item")
    @Test
    void aWorkspaceCoversItsItems() {
        permitted(submit(holding("Synapse Compute Operator @ {W}"), "anything"));
    }

    @DisplayName("S11, S12: a role at an item holds nowhere else")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{W}/bigDataPools/p2",
                "{W}/bigDataPools/pool",
                "{W}/scopePools/p",
                "{W}/integrationRuntimes/p"
            })
    void anItemCoversItselfAlone(String scope) {
        lacks(
                submit(holding("Synapse Compute Operator @ " + scope), "p"),
                "bigDataPools/useCompute/action @ {W}/bigDataPools/p");
    }

    @DisplayName("S13, S23: assignments of another workspace grant nothing and are reported")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "workspaces/w2",
                "workspaces/w-dev",
                "factories/w",
                "workspaces/w2/bigDataPools/p"
            })
    void anotherWorkspaceCountsNothing(String scope) {
        Scenario scenario = holding("Synapse Administrator @ " + scope);

        assertThat(scenario.decide("GET", "/workspace")).isInstanceOf(Deny.class);
        assertThat(scenario.decide("GET", "/pipelines")).isInstanceOf(Deny.class);
        assertThat(submit(scenario, "p")).isInstanceOf(Deny.class);
        assertThat(scenario.snapshot().foreignAssignments()).hasSize(1);
    }

    @DisplayName("S14: any role at any scope gives read of the workspace")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Synapse User @ {W}/bigDataPools/p",
                "Synapse Contributor @ {W}/integrationRuntimes/ir",
                "Synapse Credential User @ {W}/credentials/c",
                "Synapse Compute Operator @ {W}/scopePools/s",
                "Synapse Administrator @ {W}/linkedServices/l",
                "Synapse User @ {W}/bigDataPools/p via outer"
            })
    void anyRoleGivesReadOfTheWorkspace(String assignment) {
        permitted(holding(assignment).decide("GET", "/sqlPools"));
        permitted(holding(assignment).decide("GET", "/bigDataPools/q"));
    }

    @DisplayName("S14: only read is met anywhere; another action must be held where it is asked")
    @Test
    void anywhereAsksForTheActionUnlessItIsRead() {
        BoundOperation template = bind("GET", "/workspace", "-", Map.of());
        Action write = Action.ofShort("notebooks/write");
        BoundOperation writeAnywhere =
                new BoundOperation(
                        template.operation(),
                        W,
                        Map.of(),
                        List.of(new BoundRequirement.Anywhere(write, W)),
                        Map.of());

        lacks(holding("Synapse User @ {W}").decide(writeAnywhere), "notebooks/write @ {W}/*");
        permitted(holding("Synapse Contributor @ {W}/bigDataPools/p").decide(writeAnywhere));
    }

    @DisplayName("S15: Administrator at a pool may not publish, read artifacts or list outputs")
    @ParameterizedTest
    @CsvSource({
        "PUT, /pipelines/a, pipelines/write @ {W}",
        "GET, /pipelines/a, artifacts/read @ {W}",
        "GET, /pipelineruns/r, pipelines/viewOutputs/action @ {W}"
    })
    void nothingElseFlowsUpward(String method, String path, String missing) {
        lacks(holding("Synapse Administrator @ {W}/bigDataPools/p").decide(method, path), missing);
    }

    @DisplayName("S16: a role at one pool submits and cancels there, and not at another")
    @ParameterizedTest
    @ValueSource(strings = {"Synapse Contributor", "Synapse Compute Operator"})
    void aPoolRoleWorksAtItsPool(String role) {
        Scenario scenario = holding(role + " @ {W}/bigDataPools/p");

        permitted(submit(scenario, "p"));
        permitted(scenario.decide("DELETE", batches("p") + "/7"));
        lacks(submit(scenario, "q"), "bigDataPools/useCompute/action @ {W}/bigDataPools/q");
    }

    @DisplayName("S17: Compute Operator at a runtime grants nothing on pools")
    @Test
    void aRuntimeIsNoPool() {
        lacks(
                submit(holding("Synapse Compute Operator @ {W}/integrationRuntimes/ir"), "p"),
                "bigDataPools/useCompute/action @ {W}/bigDataPools/p");
    }

    @DisplayName("S21: Administrator at a linked service may neither create nor delete it")
    @ParameterizedTest
    @CsvSource({"PUT, linkedServices/write", "DELETE, linkedServices/delete"})
    void makingAndRemovingNeedTheHigherScope(String method, String action) {
        lacks(
                holding("Synapse Administrator @ {W}/linkedServices/l")
                        .decide(method, "/linkedservices/l", "{}"),
                action + " @ {W}");
    }

    @DisplayName("S22: an assignment at a pool holds for whatever pool has that name")
    @Test
    void theModelKnowsNamesAndNoPools() {
        Scenario scenario = holding("Synapse Compute Operator @ {W}/bigDataPools/gone");

        permitted(submit(scenario, "gone"));
        assertThat(scenario.snapshot().assignments()).hasSize(1);
    }

    @DisplayName("S23: scope names compare without case")
    @Test
    void scopeNamesCompareWithoutCase() {
        permitted(submit(holding("Synapse Compute Operator @ {W}/BigDataPools/Small"), "sMALL"));
        permitted(holding("Synapse Contributor @ WORKSPACES/W").decide("GET", "/pipelines"));
    }

    @DisplayName("S63, S64: a pool that the body hides in an expression needs the workspace")
    @Test
    void anExpressionNeedsTheRoot() {
        String body = "{\"notebook\":\"n\",\"sparkPool\":\"@{pipeline().parameters.pool}\"}";

        lacks(
                holding("Synapse Compute Operator @ {W}/bigDataPools/p")
                        .decide("PUT", "/notebooks/runs/r", body),
                "bigDataPools/useCompute/action @ {W}");
        permitted(
                holding("Synapse Compute Operator @ {W}").decide("PUT", "/notebooks/runs/r", body));
    }

    @DisplayName("S64: without a pool in the body the stored notebook's pool counts")
    @Test
    void theStoredPoolCounts() {
        Map<ScopeInput, String> stored = Map.of(new ScopeInput.NotebookPool("/notebook"), "p");
        BoundOperation run = bind("PUT", "/notebooks/runs/r", "{\"notebook\":\"n\"}", stored);

        permitted(holding("Synapse Compute Operator @ {W}/bigDataPools/p").decide(run));
        lacks(
                holding("Synapse Compute Operator @ {W}/bigDataPools/q").decide(run),
                "bigDataPools/useCompute/action @ {W}/bigDataPools/p");
    }

    @DisplayName("factories and sites inherit as workspaces do")
    @ParameterizedTest
    @CsvSource({
        "factories/f, factories/f/integrationRuntimes/i, true",
        "factories/f/integrationRuntimes/i, factories/f/integrationRuntimes/i, true",
        "factories/f/integrationRuntimes/i, factories/f/integrationRuntimes/j, false",
        "factories/f/integrationRuntimes/i, factories/f, false",
        "sites/s, sites/s/projects/Finance, true",
        "sites/s/projects/finance, sites/s/projects/Finance, true",
        "sites/s/projects/Finance, sites/s/projects/Sales, false",
        "sites/s/projects/Finance, sites/s, false"
    })
    void otherRootsInheritTheSame(String held, String asked, boolean permitted) {
        Scope root = Scope.parse(asked).root();
        BoundRequirement needed =
                new BoundRequirement.At(Action.ofShort("artifacts/read"), Scope.parse(asked));
        BoundOperation operation =
                new BoundOperation(
                        bind("GET", "/workspace", "-", Map.of()).operation(),
                        root,
                        Map.of(),
                        List.of(needed),
                        Map.of());
        RoleAssignment assignment = Scenario.assignment("Synapse Administrator", CALLER, held);
        AccessSnapshot snapshot =
                AccessSnapshot.builder(root)
                        .id("s")
                        .takenAt(NOW)
                        .assignments(List.of(assignment))
                        .build();

        Decision decision = new Authorizer().decide(snapshot, holding().caller(), operation, NOW);

        assertThat(decision instanceof Permit).isEqualTo(permitted);
    }
}
