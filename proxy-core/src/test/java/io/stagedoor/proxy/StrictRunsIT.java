package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.proxy.audit.print.AuditPrinter;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Runs that are started only by those who may use what they use, and runs that guardrails know. */
class StrictRunsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RUN = "/pipelines/nightly/createRun";
    private static final String LAKE = "workspaces/demo/linkedServices/lake";
    private static final String PATH =
            "pipeline nightly > activity Copy1 > dataset sales > linked service lake";

    @Test
    void whoMayNotUseWhatARunReachesMayNotStartIt() throws Exception {
        try (ProxyFixture fixture = strict(StrictRunsIT::furnish)) {
            HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "POST", RUN);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("linkedServices/useSecret/action", LAKE, PATH);
            assertThat(fixture.workspace().requests(StrictRunsIT::isRun)).isEmpty();
            assertThat(explained(fixture, answer))
                    .contains("linkedServices/useSecret/action at " + LAKE + ", used by " + PATH);
        }
    }

    @Test
    void whoMayUseAllThatARunReachesStartsIt() throws Exception {
        Consumer<DemoScenery> prepared =
                scenery -> {
                    furnish(scenery);
                    scenery.workspace()
                            .assign(
                                    BuiltInRoles.byName("Synapse Credential User")
                                            .orElseThrow()
                                            .id(),
                                    DemoCast.ENGINEER.id().objectId(),
                                    LAKE);
                };
        try (ProxyFixture fixture = strict(prepared)) {
            HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "POST", RUN);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(fixture.workspace().requests(StrictRunsIT::isRun)).hasSize(1);

            int reads = definitionReads(fixture);
            fixture.send(DemoCast.ENGINEER, "POST", RUN);
            assertThat(definitionReads(fixture)).isEqualTo(reads);
        }
    }

    @Test
    void whoMayNotEvenStartTheRunLearnsNothingOfWhatItUses() throws Exception {
        try (ProxyFixture fixture = strict(StrictRunsIT::furnish)) {
            HttpResponse<String> answer = fixture.send(DemoCast.ANALYST, "POST", RUN);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("WorkspaceSystemIdentity").doesNotContain("lake");
            assertThat(definitionReads(fixture)).isZero();
        }
    }

    @Test
    void aRunOfWhichCannotBeToldWhatItUsesIsNotStarted() throws Exception {
        Consumer<DemoScenery> prepared =
                scenery -> scenery.workspace().store("pipelines", "nightly", json(PIPELINE));
        try (ProxyFixture fixture = strict(prepared)) {
            HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "POST", RUN);

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body())
                    .contains("run_unresolved", "there is no `dataset sales`", "activity Copy1");
            assertThat(fixture.workspace().requests(StrictRunsIT::isRun)).isEmpty();
        }
    }

    @Test
    void plainRunsAreStartedByWhoMayStartThem() throws Exception {
        try (ProxyFixture fixture =
                ProxyFixture.start(text -> text, StrictRunsIT::furnish, InstantSource.system())) {
            assertThat(fixture.send(DemoCast.ENGINEER, "POST", RUN).statusCode()).isEqualTo(202);
            assertThat(definitionReads(fixture)).isZero();
        }
    }

    @Test
    void aGuardrailThatNamesAPipelineKnowsItsRuns() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            String own = runId(fixture.send(DemoCast.AGENT, "POST", RUN));
            String other =
                    runId(fixture.send(DemoCast.ENGINEER, "POST", "/pipelines/weekly/createRun"));

            assertThat(cancel(fixture, own)).isEqualTo(200);
            assertThat(cancel(fixture, other)).isEqualTo(403);
            assertThat(cancel(fixture, "00000000-0000-4000-8000-000000000000")).isEqualTo(403);
        }
    }

    @Test
    void aRunThatWasNotStartedHereIsAskedForOnce() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            String run = runId(fixture.send(DemoCast.AGENT, "POST", RUN));
            fixture.restart();
            fixture.workspace().forgetRequests();

            assertThat(cancel(fixture, run)).isEqualTo(200);
            assertThat(cancel(fixture, run)).isEqualTo(200);

            assertThat(
                            fixture.workspace()
                                    .requests(
                                            seen ->
                                                    seen.method().equals("GET")
                                                            && seen.target().contains(run)))
                    .hasSize(1);
        }
    }

    @Test
    void aFollowedRunShowsItsTreeThoughNobodyAsked() throws Exception {
        try (ProxyFixture fixture =
                ProxyFixture.start(
                        text ->
                                text.replace(
                                        "    assignments:\n",
                                        "    follow_runs: true\n    assignments:\n"))) {
            String run = runId(fixture.send(DemoCast.ENGINEER, "POST", RUN));

            String told =
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> told(fixture, run), text -> text.contains("livySession"));

            assertThat(told).contains("started by", "activityRun", "notebookRun");
        }
    }

    private static String told(ProxyFixture fixture, String run) throws IOException {
        try (AuditQueries queries =
                AuditQueries.open(fixture.journalFolder(), InstantSource.system())) {
            return AuditPrinter.text().job(queries.job(run));
        }
    }

    private static ProxyFixture strict(Consumer<DemoScenery> prepared) throws IOException {
        return ProxyFixture.start(
                text -> text.replace("    assignments:\n", "    runs: strict\n    assignments:\n"),
                prepared);
    }

    private static void furnish(DemoScenery scenery) {
        scenery.workspace().store("pipelines", "nightly", json(PIPELINE));
        scenery.workspace()
                .store(
                        "datasets",
                        "sales",
                        json(
                                "{\"linkedServiceName\":{\"referenceName\":\"lake\",\"type\":"
                                        + "\"LinkedServiceReference\"}}"));
    }

    private static final String PIPELINE =
            """
            {"activities":[{"name":"Copy1","type":"Copy","inputs":[{"referenceName":"sales","type":
            "DatasetReference"}]}]}""";

    private static int cancel(ProxyFixture fixture, String run) throws Exception {
        return fixture.send(DemoCast.AGENT, "POST", "/pipelineruns/" + run + "/cancel")
                .statusCode();
    }

    private static String runId(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("runId").asText();
    }

    private static int definitionReads(ProxyFixture fixture) {
        return fixture.workspace()
                .requests(
                        seen ->
                                seen.method().equals("GET")
                                        && seen.target()
                                                .matches("/(pipelines|datasets|linkedservices)/.*"))
                .size();
    }

    private static String explained(ProxyFixture fixture, HttpResponse<String> answer)
            throws Exception {
        String id = answer.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow();
        return Awaitility.await()
                .until(
                        () -> {
                            try (AuditQueries queries =
                                    AuditQueries.open(
                                            fixture.journalFolder(), InstantSource.system())) {
                                return AuditPrinter.text().explanation(id, queries.explain(id));
                            }
                        },
                        text -> text.contains("verdict"));
    }

    private static boolean isRun(SeenRequest seen) {
        return seen.method().equals("POST") && seen.target().contains("/createRun");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
