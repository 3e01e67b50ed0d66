package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.CALLER;
import static io.stagedoor.policy.testing.Scenario.assignment;
import static io.stagedoor.policy.testing.Scenario.bind;
import static io.stagedoor.policy.testing.Scenario.holding;
import static io.stagedoor.policy.testing.Scenario.id;
import static io.stagedoor.policy.testing.Verdicts.permitted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.testing.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardrailTest {

    private static final String AGENT_APP = "0f5e0000-0000-4000-8000-0000000000aa";
    private static final String POOL = "/livyApi/versions/v/sparkPools/small";

    private static RunRule run(ResourceKind kind, String... names) {
        return new RunRule(kind, Set.of(names));
    }

    private static Guardrail onCaller(String name, boolean mayRead, RunRule... rules) {
        return new Guardrail(name, Set.of(CALLER), Set.of(), mayRead, List.of(rules));
    }

    private static Scenario narrowed(Guardrail... guardrails) {
        Scenario scenario = holding("Synapse Administrator @ {W}");
        List.of(guardrails).forEach(scenario::guardrail);
        return scenario;
    }

    private static void assertAllowed(Decision decision, boolean allowed) {
        if (allowed) {
            permitted(decision);
        } else {
            assertThat(decision)
                    .as(decision.explanation())
                    .isInstanceOf(Deny.OutsideGuardrail.class);
        }
    }

    @DisplayName("S65: may read, and run `daily` only")
    @ParameterizedTest
    @CsvSource({
        "GET, /pipelines, true",
        "GET, /pipelines/nightly, true",
        "POST, /queryPipelineRuns, true",
        "POST, /pipelines/nightly/pipelineruns/r/queryActivityruns, true",
        "POST, /pipelines/daily/createRun, true",
        "POST, /pipelines/DAILY/createRun, true",
        "POST, /pipelines/daily2/createRun, false",
        "POST, /pipelines/nightly/createRun, false",
        "POST, /pipelines/daily/rename, false",
        "PUT, /pipelines/daily, false",
        "DELETE, /pipelines/daily, false",
        "POST, /pipelineruns/r/cancel, false",
        "POST, /triggers/daily/start, false",
        "POST, /triggers/daily/stop, false",
        "POST, /triggers/daily/triggerRuns/r/rerun, false",
        "PUT, /notebooks/daily, false",
        "DELETE, /roleAssignments/a, false",
        "POST, /rbac/roleAssignments, false",
        "POST, /createDataFlowDebugSession, false",
        "POST, /livyApi/versions/v/sparkPools/daily/batches, false"
    })
    void readsAndRunsTheNamedPipeline(String method, String path, boolean allowed) {
        Scenario agent = narrowed(onCaller("agent", true, run(ResourceKind.PIPELINE, "daily")));

        assertAllowed(agent.decide(method, path, "{}"), allowed);
    }

    @ParameterizedTest
    @CsvSource({"report, true", "REPORT, true", "other, false"})
    void runsTheNamedNotebook(String notebook, boolean allowed) {
        Scenario agent = narrowed(onCaller("agent", false, run(ResourceKind.NOTEBOOK, "report")));
        String body = "{\"notebook\":\"" + notebook + "\",\"sparkPool\":\"small\"}";

        assertAllowed(agent.decide("PUT", "/notebooks/runs/r", body), allowed);
    }

    @Test
    void runsNoNotebookWhoseNameIsNotKnown() {
        Scenario agent = narrowed(onCaller("agent", false, run(ResourceKind.NOTEBOOK, "report")));

        assertAllowed(agent.decide("PUT", "/notebooks/runs/r", "{}"), false);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /batches, true",
        "POST, /sessions, true",
        "POST, /sessions/1/statements, true",
        "GET, /sessions/1, false",
        "DELETE, /sessions/1, false",
        "DELETE, /batches/1, false",
        "POST, /sessions/1/statements/1/cancel, false",
        "PUT, /sessions/1/reset-timeout, false"
    })
    void startsSparkWorkOnTheNamedPool(String method, String path, boolean allowed) {
        Scenario agent = narrowed(onCaller("agent", false, run(ResourceKind.POOL, "Small")));

        assertAllowed(agent.decide(method, POOL + path, "{}"), allowed);
    }

    @Test
    void aPoolRuleAllowsNoOtherPoolAndNoNotebookRun() {
        Scenario agent = narrowed(onCaller("agent", true, run(ResourceKind.POOL, "small")));
        String notebook = "{\"notebook\":\"n\",\"sparkPool\":\"small\"}";

        assertAllowed(
                agent.decide("POST", "/livyApi/versions/v/sparkPools/small2/batches", "{}"), false);
        assertAllowed(agent.decide("PUT", "/notebooks/runs/r", notebook), false);
    }

    @Test
    void aPoolRuleAllowsJobDefinitionsOfThatPool() {
        Scenario agent = narrowed(onCaller("agent", true, run(ResourceKind.POOL, "small")));
        ScopeInput pool = new ScopeInput.JobDefinitionPool("sparkJobDefinitionName");
        String execute = "/sparkJobDefinitions/j/execute";

        assertAllowed(agent.decide(bind("POST", execute, "-", Map.of(pool, "small"))), true);
        assertAllowed(agent.decide(bind("POST", execute, "-", Map.of(pool, "large"))), false);
        assertAllowed(agent.decide(bind("POST", execute, "-", Map.of())), false);
    }

    @Test
    void aGuardrailThatAllowsNothingRefusesEverything() {
        Scenario agent = narrowed(onCaller("stopped", false));

        assertAllowed(agent.decide("GET", "/workspace"), false);
        assertAllowed(agent.decide("POST", "/rbac/getMyAssignedRoles"), false);
        assertThat(agent.decide("GET", "/workspace").explanation()).contains("allows nothing.");
    }

    @DisplayName("S32: a client application is narrowed whoever the user behind it is")
    @ParameterizedTest
    @CsvSource({
        AGENT_APP + ", false",
        "0F5E0000-0000-4000-8000-0000000000AA, false",
        "0f5e0000-0000-4000-8000-0000000000ab, true"
    })
    void appliesToAClientApplicationWithoutCase(String client, boolean allowed) {
        Guardrail guardrail = new Guardrail("agent", Set.of(), Set.of(AGENT_APP), true, List.of());

        assertAllowed(
                narrowed(guardrail).client(client).decide("POST", "/pipelines/a/createRun", "{}"),
                allowed);
    }

    @Test
    void appliesToNobodyElse() {
        Guardrail guardrail =
                new Guardrail("other", Set.of(id("other")), Set.of(AGENT_APP), false, List.of());

        assertAllowed(narrowed(guardrail).decide("DELETE", "/pipelines/a"), true);
    }

    @Test
    void appliesToMembersOfAGroupHoweverNested() {
        Guardrail guardrail =
                new Guardrail("agents", Set.of(id("agents")), Set.of(), true, List.of());

        assertAllowed(
                narrowed(guardrail).member(id("agents")).decide("DELETE", "/pipelines/a"), false);
        assertAllowed(
                narrowed(guardrail)
                        .member(id("bots"))
                        .in(id("bots"), id("agents"))
                        .decide("DELETE", "/pipelines/a"),
                false);
        assertAllowed(
                narrowed(guardrail)
                        .in(CALLER, id("agents"))
                        .groupsUnknown()
                        .decide("DELETE", "/pipelines/a"),
                false);
    }

    @Test
    void allThatApplyMustAllow() {
        Guardrail reading = onCaller("b-reads", true, run(ResourceKind.PIPELINE, "daily"));
        Guardrail running =
                new Guardrail(
                        "a-runs",
                        Set.of(),
                        Set.of(AGENT_APP),
                        false,
                        List.of(run(ResourceKind.PIPELINE, "daily", "weekly")));
        Scenario agent = narrowed(reading, running).client(AGENT_APP);

        assertAllowed(agent.decide("POST", "/pipelines/daily/createRun", "{}"), true);
        assertAllowed(agent.decide("POST", "/pipelines/weekly/createRun", "{}"), false);
        assertThat(agent.decide("GET", "/pipelines"))
                .isInstanceOfSatisfying(
                        Deny.OutsideGuardrail.class,
                        deny -> assertThat(deny.guardrail()).isEqualTo("a-runs"));
        assertThat(agent.decide("DELETE", "/pipelines/daily"))
                .isInstanceOfSatisfying(
                        Deny.OutsideGuardrail.class,
                        deny -> assertThat(deny.guardrail()).isEqualTo("a-runs"));
    }

    @Test
    void givesNoRight() {
        Decision decision =
                holding()
                        .guardrail(onCaller("agent", true, run(ResourceKind.PIPELINE, "daily")))
                        .decide("POST", "/pipelines/daily/createRun", "{}");

        assertThat(decision).isInstanceOf(Deny.MissingPermission.class);
    }

    @Test
    void isNamedBeforeMissingRolesAsNoRoleWouldHelp() {
        Decision decision =
                holding().guardrail(onCaller("agent", true)).decide("DELETE", "/pipelines/a");

        assertThat(decision).isInstanceOf(Deny.OutsideGuardrail.class);
    }

    @DisplayName("S34: a guardrail for a group's members is not slipped by unknown groups")
    @Test
    void aGuardrailForMembersHoldsInDoubt() {
        Guardrail members =
                new Guardrail("members", Set.of(), Set.of(), true, List.of(), Set.of(id("agents")));
        Scenario unknown = narrowed(members).groupsUnknown();

        permitted(unknown.decide("GET", "/pipelines"));
        assertThat(unknown.decide("DELETE", "/pipelines/a"))
                .isInstanceOfSatisfying(
                        Deny.GroupsUnknown.class, deny -> assertThat(deny.missing()).isEmpty());
        permitted(narrowed(members).decide("DELETE", "/pipelines/a"));
        assertAllowed(
                narrowed(members).member(id("agents")).decide("DELETE", "/pipelines/a"), false);
    }

    @Test
    void explainsWhatItAllows() {
        Guardrail guardrail =
                onCaller(
                        "night shift",
                        true,
                        run(ResourceKind.POOL, "small"),
                        run(ResourceKind.PIPELINE, "weekly", "daily"));

        Decision decision =
                narrowed(guardrail).decide("POST", "/pipelines/nightly/createRun", "{}");

        assertThat(decision.code()).isEqualTo("guardrail");
        assertThat(decision.explanation())
                .isEqualTo(
                        "The guardrail `night shift` applies to the principal `caller` or its"
                                + " client application and allows read, and run pipeline `daily`,"
                                + " `weekly`, and run pool `small`. It does not allow"
                                + " Pipeline_CreatePipelineRun of the pipeline `nightly`.");
    }

    @Test
    void refusesAGuardrailForNobodyOrWithoutName() {
        Set<PrincipalId> nobody = Set.of();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Guardrail("g", nobody, Set.of(), true, List.of()))
                .withMessage("the guardrail `g` applies to nobody");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onCaller(" ", true))
                .withMessage("a guardrail has no name");
    }

    @Test
    void stillNeedsTheRoleOfAnotherPrincipal() {
        Scenario agent =
                holding()
                        .add(assignment("Synapse Administrator", id("someone"), "{W}"))
                        .guardrail(onCaller("agent", true));

        assertThat(agent.decide("GET", "/pipelines")).isInstanceOf(Deny.MissingPermission.class);
    }
}
