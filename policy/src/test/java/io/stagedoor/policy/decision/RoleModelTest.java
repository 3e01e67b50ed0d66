package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.CALLER;
import static io.stagedoor.policy.testing.Scenario.NOW;
import static io.stagedoor.policy.testing.Scenario.W;
import static io.stagedoor.policy.testing.Scenario.assignment;
import static io.stagedoor.policy.testing.Scenario.bind;
import static io.stagedoor.policy.testing.Scenario.holding;
import static io.stagedoor.policy.testing.Verdicts.lacks;
import static io.stagedoor.policy.testing.Verdicts.permitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.FetchedRole;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.testing.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What roles give: the statements of semantics.md on the model and on single roles. */
class RoleModelTest {

    private static final String RUN = "/pipelines/a/createRun";
    private static final String WSI = "{W}/credentials/WorkspaceSystemIdentity";

    @DisplayName("S3: an exception of one role does not touch what another role gives")
    @Test
    void anotherRoleGivesWhatOneExcepts() {
        String write = "Microsoft.Synapse/workspaces/notebooks/write";
        RoleDefinition narrowed =
                FetchedRole.of(
                                new FetchedRole.Answer(
                                        "narrowed",
                                        "Narrowed",
                                        List.of(write, "Microsoft.Synapse/workspaces/read"),
                                        List.of(write),
                                        List.of("workspaces/{w}"),
                                        false))
                        .definition();
        RoleAssignment own = new RoleAssignment("a1", "narrowed", CALLER, W, "live");

        lacks(putNotebook(narrowed, own), "notebooks/write @ {W}");
        permitted(putNotebook(narrowed, own, assignment("Synapse Contributor", CALLER, "{W}")));
    }

    private static Decision putNotebook(RoleDefinition custom, RoleAssignment... assignments) {
        List<RoleDefinition> definitions = new ArrayList<>(BuiltInRoles.all());
        definitions.add(custom);
        AccessSnapshot snapshot =
                AccessSnapshot.builder(W)
                        .id("s")
                        .takenAt(NOW)
                        .definitions(definitions)
                        .assignments(List.of(assignments))
                        .build();
        return new Authorizer()
                .decide(
                        snapshot,
                        holding().caller(),
                        bind("PUT", "/notebooks/n", "{}", Map.of()),
                        NOW);
    }

    @DisplayName("S4: two needed actions may come from two assignments, holders and scopes")
    @Test
    void actionsMayComeFromDifferentAssignments() {
        Scenario scenario =
                holding(
                        "Synapse Artifact Publisher @ {W} via engineers",
                        "Synapse Credential User @ " + WSI);

        Permit permit = permitted(scenario.decide("POST", "/triggers/t/start"));

        assertThat(permit.basis())
                .extracting(basis -> basis.requirement().action().shortName())
                .containsExactly("triggers/write", "credentials/useSecret/action");
        assertThat(permit.basis().getFirst().viaGroup()).contains(Scenario.id("engineers"));
        assertThat(permit.basis().getLast().viaGroup()).isEmpty();
    }

    @DisplayName("S8: the right to write an artifact implies no other right")
    @Test
    void writeDoesNotImplyDelete() {
        Scenario spark = holding("Synapse SQL Administrator @ {W}");

        permitted(spark.decide("PUT", "/sqlScripts/s", "{}"));
        lacks(spark.decide("PUT", "/notebooks/n", "{}"), "notebooks/write @ {W}");
        lacks(spark.decide("DELETE", "/notebooks/n"), "notebooks/delete @ {W}");
    }

    @DisplayName("S8: the right to read artifacts does not come with the right to read")
    @Test
    void artifactsReadIsNotRead() {
        lacks(holding("Synapse User @ {W}").decide("GET", "/notebooks/n"), "artifacts/read @ {W}");
    }

    @DisplayName("S9: no assignment can be narrowed to one artifact")
    @ParameterizedTest
    @CsvSource({"pipelines", "notebooks", "sqlScripts", "datasets", "triggers", "libraries"})
    void artifactsHaveNoScope(String artifact) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scope.parse("workspaces/w/" + artifact + "/a"));
    }

    @DisplayName("S18: Credential User at WorkspaceSystemIdentity is enough to run a pipeline")
    @Test
    void useOfTheSystemIdentityRunsPipelines() {
        Permit permit =
                permitted(holding("Synapse Credential User @ " + WSI).decide("POST", RUN, "{}"));

        assertThat(permit.basis()).hasSize(2);
    }

    @DisplayName("S19: use of another credential or of a linked service does not run pipelines")
    @ParameterizedTest
    @CsvSource({"credentials/other", "linkedServices/WorkspaceSystemIdentity"})
    void useOfAnotherSecretDoesNotRunPipelines(String item) {
        lacks(
                holding("Synapse Credential User @ {W}/" + item).decide("POST", RUN, "{}"),
                "credentials/useSecret/action @ " + WSI);
    }

    @DisplayName("S20: Contributor alone does not run pipelines")
    @Test
    void contributorAloneDoesNotRunPipelines() {
        lacks(
                holding("Synapse Contributor @ {W}").decide("POST", RUN, "{}"),
                "credentials/useSecret/action @ " + WSI);
    }

    @DisplayName("S24, S25, S26, S27: what single roles may and may not do")
    @ParameterizedTest
    @CsvSource({
        "Synapse Monitoring Operator, GET, /pipelineruns/r, true",
        "Synapse Monitoring Operator, POST, /queryPipelineRuns, true",
        "Synapse Monitoring Operator, POST, /pipelines/a/createRun, false",
        "Synapse Monitoring Operator, POST, /pipelineruns/r/cancel, false",
        "Synapse Monitoring Operator, POST, /livyApi/versions/v/sparkPools/p/batches, false",
        "Synapse Monitoring Operator, DELETE, /livyApi/versions/v/sparkPools/p/batches/1, false",
        "Synapse Compute Operator, POST, /pipelineruns/r/cancel, true",
        "Synapse Compute Operator, GET, /pipelineruns/r, false",
        "Synapse Compute Operator, GET, /pipelines/a, false",
        "Synapse Artifact Publisher, POST, /pipelineruns/r/cancel, false",
        "Apache Spark Administrator, PUT, /sparkconfigurations/c, false",
        "Apache Spark Administrator, PUT, /notebooks/n, true",
        "Synapse Linked Data Manager, GET, /linkedservices, true",
        "Synapse Linked Data Manager, GET, /notebooks, false",
        "Synapse Artifact User, GET, /livyApi/versions/v/sparkPools/p/batches, false",
        "Synapse User, GET, /livyApi/versions/v/sparkPools/p/sessions/1, false",
        "Synapse User, GET, /monitoring/workloadTypes/spark/Applications, true",
        "Synapse Compute Operator, GET, /livyApi/versions/v/sparkPools/p/batches, true"
    })
    void singleRolesMayWhatTheirActionsSay(
            String role, String method, String path, boolean permitted) {
        Decision decision = holding(role + " @ {W}").decide(method, path);

        assertThat(decision instanceof Permit).as(decision.explanation()).isEqualTo(permitted);
    }

    @DisplayName("S26: Apache Spark Administrator uses no integration runtime")
    @Test
    void sparkAdministratorUsesNoRuntime() {
        assertThat(
                        BuiltInRoles.byName("Apache Spark Administrator")
                                .orElseThrow()
                                .actions()
                                .actions())
                .noneMatch(action -> action.shortName().startsWith("integrationRuntimes/"));
    }

    @DisplayName(
            "S46, S47, S48: without an assignment nothing is allowed, whatever Azure RBAC says")
    @Test
    void nobodyMayAnythingWithoutAnAssignment() {
        assertThat(OperationCatalogue.synapse().operations())
                .hasSize(148)
                .filteredOn(operation -> !operation.isSelfService())
                .allSatisfy(
                        operation ->
                                assertThat(holding().decide(bound(operation)))
                                        .isInstanceOf(Deny.class));
        lacks(holding().decide("GET", "/roleDefinitions"), "read @ {W}/*");
        lacks(holding().decide("GET", "/pipelines"), "artifacts/read @ {W}");
        lacks(
                holding().decide("POST", RUN, "{}"),
                "read @ {W}/*",
                "credentials/useSecret/action @ " + WSI);
    }

    private static BoundOperation bound(Operation operation) {
        Map<String, String> parameters =
                operation.path().parameters().stream()
                        .collect(Collectors.toMap(name -> name, _ -> "x"));
        MatchedOperation matched = new MatchedOperation(operation, parameters);
        Map<ScopeInput, ScopeValue> inputs = new HashMap<>();
        matched.neededInputs().forEach(input -> inputs.put(input, ScopeValue.absent()));
        inputs.put(new ScopeInput.BodyField("/scope"), ScopeValue.text(W.text()));
        return matched.bind(W, inputs);
    }

    @DisplayName("S49: pools and runtimes can only be looked at")
    @Test
    void noOperationChangesPoolsOrRuntimes() {
        assertThat(OperationCatalogue.synapse().operations())
                .filteredOn(RoleModelTest::isAboutPoolsOrRuntimes)
                .isNotEmpty()
                .allMatch(operation -> operation.method().equals("GET"));
    }

    private static boolean isAboutPoolsOrRuntimes(Operation operation) {
        String path = operation.path().toString();
        return path.startsWith("/bigDataPools")
                || path.startsWith("/sqlPools")
                || path.startsWith("/integrationRuntimes");
    }

    @DisplayName("S57: an operation without a known action is denied to everybody")
    @Test
    void unmappedOperationsAreDeniedEvenToAdministrators() {
        Decision decision =
                holding("Synapse Administrator @ {W}").decide("POST", "/getGitHubAccessToken");

        assertThat(decision)
                .isEqualTo(
                        new Deny.UnmappedOperation(
                                "WorkspaceGitRepoManagement_GetGitHubAccessToken"));
    }

    @DisplayName("S58: what concerns only the caller needs no right")
    @Test
    void selfServiceNeedsNoRight() {
        Permit permit = permitted(holding().decide("POST", "/rbac/getMyAssignedRoles"));

        assertThat(permit.basis()).isEmpty();
    }
}
