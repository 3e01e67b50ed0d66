package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.operation.ScopeInput.BodyField;
import io.stagedoor.policy.operation.ScopeInput.JobDefinitionPool;
import io.stagedoor.policy.operation.ScopeInput.NotebookPool;
import io.stagedoor.policy.operation.ScopeInput.RecordedRun;
import io.stagedoor.policy.operation.ScopeInput.StoredAssignment;
import io.stagedoor.policy.scope.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindingTest {

    private static final Scope ROOT = Scope.workspace("ws1");
    private static final ScopeValue ABSENT = ScopeValue.absent();
    private static final ScopeValue NOT_TEXT = ScopeValue.notText();

    private static final BodyField SPARK_POOL = new BodyField("/sparkPool");
    private static final BodyField NOTEBOOK = new BodyField("/notebook");
    private static final NotebookPool NOTEBOOK_POOL = new NotebookPool("/notebook");
    private static final RecordedRun RECORDED = new RecordedRun("runId");
    private static final JobDefinitionPool DEFINITION =
            new JobDefinitionPool("sparkJobDefinitionName");
    private static final BodyField DEBUG_POOL =
            new BodyField("/properties/targetBigDataPool/referenceName");
    private static final BodyField NEW_SCOPE = new BodyField("/scope");
    private static final StoredAssignment OLD_SCOPE = new StoredAssignment("roleAssignmentId");

    @ParameterizedTest(name = "{0} {1} needs {2}")
    @CsvSource({
        "GET,    /pipelines,               artifacts/read @ workspaces/ws1",
        "GET,    /sqlPools,                read @ workspaces/ws1/*",
        "POST,   /pipelines/p/createRun,   read @ workspaces/ws1/* + "
                + "credentials/useSecret/action "
                + "@ workspaces/ws1/credentials/WorkspaceSystemIdentity",
        "POST,   /livyApi/versions/1/sparkPools/Pool A/batches, "
                + "bigDataPools/useCompute/action @ workspaces/ws1/bigDataPools/Pool A",
        "POST,   /notebooks/n/rename,      notebooks/write @ workspaces/ws1 + "
                + "notebooks/delete @ workspaces/ws1",
        "POST,   /rbac/roleAssignments,    roleAssignments/write @ workspaces/ws1",
        "GET,    /operationResults/1,      read @ workspaces/ws1/*",
        "POST,   /rbac/getMyAssignedRoles, ''",
        "POST,   /getGitHubAccessToken,    ''",
    })
    void bindsRequirementsToTheWorkspaceOfTheRoute(String method, String path, String requires) {
        MatchedOperation match = match(method, path);

        BoundOperation bound = match.bind(ROOT);

        assertThat(match.neededInputs()).isEmpty();
        assertThat(requirements(bound)).isEqualTo(requires);
        assertThat(bound.root()).isEqualTo(ROOT);
        assertThat(bound.parameters()).isEqualTo(match.parameters());
    }

    @Test
    void refusesToBindToAnItem() {
        MatchedOperation match = match("GET", "/pipelines");
        Scope item = Scope.parse("workspaces/ws1/bigDataPools/p");

        assertThatThrownBy(() -> match.bind(item)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPoolInThePathThatCannotBeOne() {
        MatchedOperation match =
                match("GET", "/livyApi/versions/1/sparkPools/" + "p".repeat(261) + "/batches");

        assertThatThrownBy(() -> match.bind(ROOT))
                .isInstanceOf(RefusedScopeInputException.class)
                .hasMessageContaining("260");
    }

    @Test
    void requiresThePoolThatTheBodyNames() {
        BoundOperation bound =
                notebookRun(SPARK_POOL, ScopeValue.text("P1"), NOTEBOOK, ScopeValue.text("n 1"));

        assertThat(requirements(bound)).isEqualTo(computeAt("bigDataPools/P1"));
        assertThat(bound.resource("pool")).contains("P1");
        assertThat(bound.resource("notebook")).contains("n 1");
        assertThat(bound.resource("pipeline")).isEmpty();
    }

    @Test
    void requiresThePoolOfTheNotebookOnlyWhenTheBodyNamesNone() {
        MatchedOperation match = match("PUT", "/notebooks/runs/r1");

        assertThat(match.neededInputs()).containsExactly(SPARK_POOL, NOTEBOOK_POOL, NOTEBOOK);
        assertThat(match.nextInput(Map.of())).contains(SPARK_POOL);
        assertThat(match.nextInput(Map.of(SPARK_POOL, ABSENT))).contains(NOTEBOOK_POOL);
        assertThat(match.nextInput(Map.of(SPARK_POOL, NOT_TEXT))).contains(NOTEBOOK);
        assertThat(match.nextInput(Map.of(SPARK_POOL, NOT_TEXT, NOTEBOOK, ABSENT))).isEmpty();

        BoundOperation bound =
                match.bind(
                        ROOT,
                        Map.of(
                                SPARK_POOL, ABSENT,
                                NOTEBOOK_POOL, ScopeValue.text("p2"),
                                NOTEBOOK, ScopeValue.text("n")));
        assertThat(requirements(bound)).isEqualTo(computeAt("bigDataPools/p2"));
        assertThat(bound.resource("pool")).contains("p2");
    }

    @ParameterizedTest(name = "pool {0}")
    @ValueSource(strings = {"@pipeline().parameters.pool", "@@p", "p-@{variables('x')}", "@"})
    void requiresComputeAtTheRootForAPoolThatIsAnExpression(String pool) {
        BoundOperation bound =
                notebookRun(SPARK_POOL, ScopeValue.text(pool), NOTEBOOK, ScopeValue.text("n"));

        assertThat(requirements(bound)).isEqualTo(computeAt(""));
        assertThat(bound.resource("pool")).isEmpty();
    }

    @Test
    void requiresComputeAtTheRootForAPoolThatIsNoString() {
        BoundOperation bound = notebookRun(SPARK_POOL, NOT_TEXT, NOTEBOOK, NOT_TEXT);

        assertThat(requirements(bound)).isEqualTo(computeAt(""));
        assertThat(bound.resources()).isEmpty();
    }

    @ParameterizedTest(name = "pool [{0}]")
    @ValueSource(strings = {"", "p/q", "../p", "a\u0000", "p\n"})
    void refusesAPoolInTheBodyThatCannotBeOne(String pool) {
        Map<ScopeInput, ScopeValue> inputs =
                Map.of(SPARK_POOL, ScopeValue.text(pool), NOTEBOOK, ScopeValue.text("n"));
        MatchedOperation match = match("PUT", "/notebooks/runs/r1");

        assertThatThrownBy(() -> match.bind(ROOT, inputs))
                .isInstanceOf(RefusedScopeInputException.class);
    }

    @Test
    void requiresComputeAtTheRootForAStoredPoolThatCannotBeOne() {
        MatchedOperation match = match("GET", "/notebooks/runs/r1");

        BoundOperation bound = match.bind(ROOT, Map.of(RECORDED, ScopeValue.text("p/q")));

        assertThat(requirements(bound)).isEqualTo(computeAt(""));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"GET, /notebooks/runs/r1", "POST, /notebooks/runs/r1/cancel"})
    void requiresThePoolRecordedForARunOrTheRoot(String method, String path) {
        MatchedOperation match = match(method, path);

        BoundOperation known = match.bind(ROOT, Map.of(RECORDED, ScopeValue.text("p")));
        BoundOperation unknown = match.bind(ROOT, Map.of(RECORDED, ABSENT));

        assertThat(match.neededInputs()).containsExactly(RECORDED);
        assertThat(requirements(known)).isEqualTo(computeAt("bigDataPools/p"));
        assertThat(requirements(unknown)).isEqualTo(computeAt(""));
    }

    @Test
    void requiresThePoolOfAJobDefinitionOrTheRoot() {
        MatchedOperation match = match("POST", "/sparkJobDefinitions/j/execute");

        BoundOperation known = match.bind(ROOT, Map.of(DEFINITION, ScopeValue.text("p")));
        BoundOperation unknown = match.bind(ROOT, Map.of(DEFINITION, ABSENT));

        assertThat(requirements(known)).isEqualTo(computeAt("bigDataPools/p"));
        assertThat(known.resources()).isEqualTo(Map.of("sparkJobDefinition", "j", "pool", "p"));
        assertThat(requirements(unknown)).isEqualTo(computeAt(""));
        assertThat(unknown.resources()).isEqualTo(Map.of("sparkJobDefinition", "j"));
    }

    @Test
    void requiresThePoolOfAJobDefinitionInTheBodyOrTheRoot() {
        MatchedOperation match = match("POST", "/debugSparkJobDefinition");

        BoundOperation known = match.bind(ROOT, Map.of(DEBUG_POOL, ScopeValue.text("p")));
        BoundOperation unknown = match.bind(ROOT, Map.of(DEBUG_POOL, ABSENT));

        assertThat(requirements(known)).isEqualTo(computeAt("bigDataPools/p"));
        assertThat(requirements(unknown)).isEqualTo(computeAt(""));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"workspaces/ws1", "workspaces/WS1/bigDataPools/p"})
    void checksANewAssignmentAtItsScope(String scope) {
        BoundOperation bound = assign(ScopeValue.text(scope), ABSENT);

        assertThat(requirements(bound)).isEqualTo("roleAssignments/write @ " + scope);
    }

    @Test
    void checksAChangedAssignmentAtItsOldAndItsNewScope() {
        BoundOperation bound =
                assign(
                        ScopeValue.text("workspaces/ws1/bigDataPools/p"),
                        ScopeValue.text("workspaces/ws1"));

        assertThat(requirements(bound))
                .isEqualTo(
                        "roleAssignments/write @ workspaces/ws1/bigDataPools/p"
                                + " + roleAssignments/write @ workspaces/ws1");
    }

    @Test
    void checksAnAssignmentThatStaysWhereItIsOnce() {
        BoundOperation bound =
                assign(
                        ScopeValue.text("workspaces/ws1/credentials/C"),
                        ScopeValue.text("workspaces/ws1/credentials/c"));

        assertThat(bound.requirements()).hasSize(1);
    }

    @ParameterizedTest(name = "scope [{0}]")
    @ValueSource(
            strings = {
                "workspaces/ws2",
                "workspaces/ws1-dev/bigDataPools/p",
                "workspaces/ws1/*",
                "/workspaces/ws1",
                "workspaces/ws1/",
                "workspaces/ws1/pipelines/p",
                "workspaces/ws1/bigDataPools/p/x/y",
                "factories/ws1",
                "",
            })
    void refusesAnAssignmentAtAForeignOrMalformedScope(String scope) {
        ScopeValue value = ScopeValue.text(scope);

        assertThatThrownBy(() -> assign(value, ABSENT))
                .isInstanceOf(RefusedScopeInputException.class);
    }

    @Test
    void refusesAnAssignmentThatNamesNoScope() {
        assertThatThrownBy(() -> assign(ABSENT, ABSENT))
                .isInstanceOf(RefusedScopeInputException.class)
                .hasMessage("`body /scope` is missing");
        assertThatThrownBy(() -> assign(NOT_TEXT, ABSENT))
                .isInstanceOf(RefusedScopeInputException.class)
                .hasMessage("`body /scope` is not a string");
    }

    @Test
    void neverTakesALookUpThatWasForgottenForOneThatFoundNothing() {
        MatchedOperation match = match("PUT", "/roleAssignments/1");
        Map<ScopeInput, ScopeValue> inputs = Map.of(NEW_SCOPE, ScopeValue.text("workspaces/ws1"));

        assertThat(match.neededInputs()).containsExactly(NEW_SCOPE, OLD_SCOPE);
        assertThatThrownBy(() -> match.bind(ROOT, inputs))
                .isInstanceOfSatisfying(
                        MissingScopeInputException.class,
                        missing -> assertThat(missing.input()).isEqualTo(OLD_SCOPE))
                .hasMessageContaining("RoleAssignments_CreateRoleAssignment")
                .hasMessageContaining("stored-assignment roleAssignmentId");
    }

    @ParameterizedTest(name = "stored at [{0}]")
    @CsvSource({
        "workspaces/ws1/linkedServices/l, workspaces/ws1/linkedServices/l",
        "workspaces/ws1,                  workspaces/ws1",
        "workspaces/other,                workspaces/ws1",
        "nonsense,                        workspaces/ws1",
    })
    void checksADeletionAtTheStoredScopeOrTheRoot(String stored, String checkedAt) {
        MatchedOperation match = match("DELETE", "/roleAssignments/1");

        BoundOperation bound = match.bind(ROOT, Map.of(OLD_SCOPE, ScopeValue.text(stored)));

        assertThat(requirements(bound)).isEqualTo("roleAssignments/delete @ " + checkedAt);
    }

    @Test
    void checksTheDeletionOfAnUnknownAssignmentAtTheRoot() {
        MatchedOperation match = match("DELETE", "/roleAssignments/1");

        assertThat(List.of(ABSENT, NOT_TEXT))
                .allSatisfy(
                        value ->
                                assertThat(requirements(match.bind(ROOT, Map.of(OLD_SCOPE, value))))
                                        .isEqualTo("roleAssignments/delete @ workspaces/ws1"));
    }

    @Test
    void tellsWhichLookUpsNeedTheBody() {
        assertThat(List.of(SPARK_POOL, NOTEBOOK_POOL))
                .allMatch(input -> input.readsBodyAt().isPresent());
        assertThat(List.of(RECORDED, DEFINITION, OLD_SCOPE))
                .noneMatch(input -> input.readsBodyAt().isPresent());
        assertThat(List.of(NOTEBOOK_POOL, RECORDED, DEFINITION, OLD_SCOPE))
                .noneMatch(ScopeInput::isFromClient);
    }

    private static BoundOperation notebookRun(
            ScopeInput one, ScopeValue first, ScopeInput other, ScopeValue second) {
        return match("PUT", "/notebooks/runs/r1").bind(ROOT, Map.of(one, first, other, second));
    }

    private static BoundOperation assign(ScopeValue scope, ScopeValue stored) {
        return match("PUT", "/roleAssignments/1")
                .bind(ROOT, Map.of(NEW_SCOPE, scope, OLD_SCOPE, stored));
    }

    private static String computeAt(String item) {
        String scope = item.isEmpty() ? "workspaces/ws1" : "workspaces/ws1/" + item;
        return "bigDataPools/useCompute/action @ " + scope;
    }

    private static String requirements(BoundOperation bound) {
        return String.join(
                " + ", bound.requirements().stream().map(BoundRequirement::toString).toList());
    }

    private static MatchedOperation match(String method, String path) {
        return OperationCatalogue.synapse()
                .resolve(method, List.of(path.substring(1).split("/")))
                .orElseThrow();
    }
}
