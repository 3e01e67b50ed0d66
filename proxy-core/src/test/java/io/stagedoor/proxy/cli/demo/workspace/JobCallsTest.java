package io.stagedoor.proxy.cli.demo.workspace;

import static io.stagedoor.proxy.cli.demo.workspace.WorkspaceClient.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobCallsTest {
    private static final String BATCHES =
            "/livyApi/versions/2019-11-01-preview/sparkPools/small/batches";
    private static final String SESSIONS =
            "/livyApi/versions/2019-11-01-preview/sparkPools/small/sessions";

    private final WorkspaceClient client = new WorkspaceClient();

    @BeforeEach
    void furnish() {
        DemoCast.furnish(client.workspace());
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void aRunGetsAVersionOneIdAndMovesOnAtEachRead() throws Exception {
        HttpResponse<String> created =
                client.send("POST", "/pipelines/nightly/createRun", "{\"day\":1}");
        String runId = parsed(created).path("runId").asText();
        JsonNode first = client.json("/pipelineruns/" + runId);
        JsonNode second = client.json("/pipelineruns/" + runId);
        JsonNode third = client.json("/pipelineruns/" + runId);
        JsonNode fourth = client.json("/pipelineruns/" + runId);

        assertThat(created.statusCode()).isEqualTo(202);
        assertThat(runId)
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(first.at("/parameters/day").asInt()).isEqualTo(1);
        assertThat(first.at("/invokedBy/id").asText()).isEqualTo(FakeWorkspace.OWN_IDENTITY);
        assertThat(List.of(first, second, third, fourth))
                .map(run -> run.path("status").asText())
                .containsExactly("Queued", "InProgress", "Succeeded", "Succeeded");
    }

    @Test
    void everyStartMakesARunOfItsOwn() throws Exception {
        String first = client.send("POST", "/pipelines/nightly/createRun", "").body();
        String second = client.send("POST", "/pipelines/nightly/createRun", "").body();
        JsonNode all = parsed(client.send("POST", "/queryPipelineRuns", "{}"));

        assertThat(first).isNotEqualTo(second);
        assertThat(all.path("value")).hasSize(2);
    }

    @Test
    void aRunIsCancelledAndShowsItsActivities() throws Exception {
        String runId =
                parsed(client.send("POST", "/pipelines/nightly/createRun", ""))
                        .path("runId")
                        .asText();

        int cancelled = client.send("POST", "/pipelineruns/" + runId + "/cancel", "").statusCode();
        JsonNode run = client.json("/pipelineruns/" + runId);
        String activities = "/pipelines/nightly/pipelineruns/" + runId + "/queryActivityruns";
        JsonNode activity = parsed(client.send("POST", activities, "{}")).at("/value/0");

        assertThat(cancelled).isEqualTo(200);
        assertThat(run.path("status").asText()).isEqualTo("Cancelled");
        assertThat(activity.path("pipelineRunId").asText()).isEqualTo(runId);
        assertThat(activity.at("/output/status/Output/result/sessionId").isInt()).isTrue();
    }

    @Test
    void anUnknownRunIsNotFound() throws Exception {
        assertThat(client.get("/pipelineruns/none").statusCode()).isEqualTo(404);
    }

    @Test
    void livyIdsCountFromZeroAndTheApplicationIdComesLater() throws Exception {
        JsonNode first = parsed(client.send("POST", BATCHES, "{\"name\":\"load\"}"));
        JsonNode second = parsed(client.send("POST", BATCHES, "{\"name\":\"load\"}"));
        JsonNode session = parsed(client.send("POST", SESSIONS, "{\"name\":\"look\"}"));
        client.get(BATCHES + "/1");
        JsonNode read = client.json(BATCHES + "/1");
        JsonNode list = client.json(BATCHES.replace("small", "SMALL"));

        assertThat(first.path("id").asInt()).isZero();
        assertThat(first.path("appId").isNull()).isTrue();
        assertThat(second.path("id").asInt()).isEqualTo(1);
        assertThat(session.path("id").asInt()).isZero();
        assertThat(read.path("appId").asText()).isEqualTo("application_1600000000000_0002");
        assertThat(read.at("/livyInfo/currentState").asText()).isEqualTo("running");
        assertThat(list.path("total").asInt()).isEqualTo(2);
    }

    @Test
    void aSessionRunsStatements() throws Exception {
        client.send("POST", SESSIONS, "{}");

        JsonNode waiting =
                parsed(client.send("POST", SESSIONS + "/0/statements", "{\"code\":\"6*7\"}"));
        client.get(SESSIONS + "/0/statements/0");
        JsonNode done = client.json(SESSIONS + "/0/statements/0");
        int cancelled = client.send("POST", SESSIONS + "/0/statements/0/cancel", "").statusCode();
        int kept = client.send("PUT", SESSIONS + "/0/reset-timeout", "").statusCode();
        int ended = client.send("DELETE", SESSIONS + "/0", "").statusCode();

        assertThat(waiting.path("state").asText()).isEqualTo("waiting");
        assertThat(done.at("/output/data/text~1plain").asText()).isEqualTo("42");
        assertThat(client.json(SESSIONS + "/0/statements").path("statements")).hasSize(1);
        assertThat(List.of(cancelled, kept, ended)).containsOnly(200);
    }

    @Test
    void unknownPoolsJobsAndStatementsAreNotFound() throws Exception {
        client.send("POST", SESSIONS, "{}");

        assertThat(client.get(BATCHES.replace("small", "none")).statusCode()).isEqualTo(404);
        assertThat(client.get(BATCHES + "/7").statusCode()).isEqualTo(404);
        assertThat(client.get(SESSIONS + "/0/statements/7").statusCode()).isEqualTo(404);
    }

    @Test
    void aNotebookRunKeepsTheIdItsCallerChose() throws Exception {
        HttpResponse<String> created =
                client.send(
                        "PUT",
                        "/notebooks/runs/mine",
                        "{\"notebook\":\"explore\",\"sparkPool\":\"small\"}");
        HttpResponse<String> again = client.send("PUT", "/notebooks/runs/mine", "{}");
        client.get("/notebooks/runs/mine");
        JsonNode read = client.json("/notebooks/runs/mine");

        assertThat(created.statusCode()).isEqualTo(202);
        assertThat(parsed(created).at("/result/sessionId").asInt()).isEqualTo(-1);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(read.at("/result/runStatus").asText()).isEqualTo("Succeeded");
        assertThat(read.at("/result/sparkPool").asText()).isEqualTo("small");
    }

    @Test
    void aTriggerIsStartedOnlyWhenItExists() throws Exception {
        int started = client.send("POST", "/triggers/every-night/start", "").statusCode();
        int missing = client.send("POST", "/triggers/none/start", "").statusCode();

        assertThat(List.of(started, missing)).containsExactly(202, 404);
        assertThat(parsed(client.send("POST", "/queryTriggerRuns", "{}")).path("value")).hasSize(1);
    }
}
