package io.stagedoor.proxy.cli.demo.workspace;

import static io.stagedoor.proxy.cli.demo.workspace.WorkspaceClient.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeWorkspaceTest {
    private final WorkspaceClient client = new WorkspaceClient();
    private final FakeWorkspace workspace = client.workspace();

    @BeforeEach
    void furnish() {
        DemoCast.furnish(workspace);
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void refusesWhoeverHasNotTheUpstreamBearer() throws Exception {
        HttpResponse<String> withoutToken = client.sendWithout("/pipelines");
        workspace.acceptOnly("another");
        HttpResponse<String> withTheOldOne = client.get("/pipelines");

        assertThat(withoutToken.statusCode()).isEqualTo(401);
        assertThat(withoutToken.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(parsed(withoutToken).at("/error/code").asText())
                .isEqualTo("AuthenticationFailed");
        assertThat(withTheOldOne.statusCode()).isEqualTo(401);
        assertThat(workspace.requests()).hasSize(2);
    }

    @Test
    void anUnknownPathIsNotFoundInTheServicesShape() throws Exception {
        HttpResponse<String> response = client.get("/nowhere");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(parsed(response).at("/error/code").asText()).isEqualTo("NotFound");
    }

    @Test
    void aListOfPipelinesTakesTwoPagesWithAnAbsoluteLink() throws Exception {
        JsonNode first = client.json("/pipelines?api-version=2020-12-01");
        String nextLink = first.path("nextLink").asText();
        JsonNode second = client.json(nextLink);

        assertThat(nextLink).startsWith(workspace.uri() + "/pipelines?api-version=2020-12-01");
        assertThat(second.has("nextLink")).isFalse();
        assertThat(names(first)).containsExactly("backfill", "nightly");
        assertThat(names(second)).containsExactly("weekly");
    }

    @Test
    void thePageSizeCanBeSet() throws Exception {
        workspace.pageSize(10);

        JsonNode only = client.json("/pipelines");

        assertThat(only.path("value")).hasSize(3);
        assertThat(only.has("nextLink")).isFalse();
    }

    @Test
    void aWriteIsALongRunningOperationThatEndsAfterOnePoll() throws Exception {
        HttpResponse<String> accepted =
                client.send("PUT", "/pipelines/new%20one", "{\"properties\":{\"a\":1}}");
        String location = accepted.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> firstPoll = client.get(location);
        HttpResponse<String> secondPoll = client.get(location);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(location).startsWith(workspace.uri() + "/operationResults/");
        assertThat(firstPoll.statusCode()).isEqualTo(202);
        assertThat(secondPoll.statusCode()).isEqualTo(200);
        assertThat(parsed(secondPoll).at("/properties/a").asInt()).isEqualTo(1);
        assertThat(client.json("/pipelines/new%20one").path("name").asText()).isEqualTo("new one");
    }

    @Test
    void anUnknownOperationIsNotFound() throws Exception {
        assertThat(client.get("/operationResults/none").statusCode()).isEqualTo(404);
        assertThat(client.get("/operationStatuses/none").statusCode()).isEqualTo(404);
    }

    @Test
    void artifactsAreRenamedAndDeletedInAnyCaseOfTheirName() throws Exception {
        client.send("POST", "/notebooks/EXPLORE/rename", "{\"newName\":\"look\"}");
        int renamed = client.get("/notebooks/Look").statusCode();
        int old = client.get("/notebooks/explore").statusCode();
        int deleted = client.send("DELETE", "/notebooks/look", "").statusCode();
        int deletedAgain = client.send("DELETE", "/notebooks/look", "").statusCode();

        assertThat(List.of(renamed, old, deleted, deletedAgain))
                .containsExactly(200, 404, 202, 204);
    }

    @Test
    void aMissingPipelineIsNotFoundInTheEnginesFlatShape() throws Exception {
        HttpResponse<String> response = client.send("POST", "/pipelines/none/createRun", "");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(parsed(response).path("code").asText()).isEqualTo("PipelineNotFound");
    }

    @Test
    void aPathIsMatchedInAnyCase() throws Exception {
        assertThat(client.get("/Pipelines/Nightly").statusCode()).isEqualTo(200);
    }

    @Test
    void echoesTheClientsRequestIdAndAddsItsOwn() throws Exception {
        HttpResponse<String> response =
                client.send("GET", "/workspace", "", "x-ms-client-request-id", "abc");

        assertThat(response.headers().firstValue("x-ms-client-request-id")).contains("abc");
        assertThat(response.headers().firstValue("x-ms-request-id")).isPresent();
    }

    @Test
    void aPreparedReplyIsGivenOnce() throws Exception {
        workspace.replyOnce(request -> request.path().endsWith("/createRun"), Answer.empty(503));

        int other = client.get("/workspace").statusCode();
        int first = client.send("POST", "/pipelines/nightly/createRun", "").statusCode();
        int second = client.send("POST", "/pipelines/nightly/createRun", "").statusCode();

        assertThat(List.of(other, first, second)).containsExactly(200, 503, 202);
    }

    @Test
    void answersAfterTheWaitAskedFor() throws Exception {
        workspace.answerAfter(Duration.ofMillis(120));

        long start = System.nanoTime();
        client.get("/workspace");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void requestsCanBePickedAndForgotten() throws Exception {
        client.get("/workspace");
        client.get("/sqlPools");

        List<SeenRequest> picked = workspace.requests(each -> each.path().equals("/sqlPools"));
        workspace.forgetRequests();

        assertThat(picked).hasSize(1);
        assertThat(workspace.requests()).isEmpty();
    }

    @Test
    void theWorkspaceNamesItsOwnHostAsItsDevelopmentEndpoint() throws Exception {
        JsonNode endpoints = client.json("/workspace").at("/properties/connectivityEndpoints");

        assertThat(endpoints.path("dev").asText()).isEqualTo(workspace.uri().toString());
        assertThat(endpoints.path("web").asText()).startsWith("https://web.azuresynapse.net");
    }

    @Test
    void thereIsNoStoreForAnUnknownKind() {
        assertThatThrownBy(() -> workspace.store("widgets", "w", Json.object()))
                .hasMessage("no artifacts `widgets`");
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("value").forEach(each -> names.add(each.path("name").asText()));
        return names;
    }
}
