package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators do at their port, and what nobody else does. */
class OperatorsIT {

    private static final String AUDIENCE = "api://stagedoor-admin";
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Optional<ProxyFixture> started = Optional.empty();

    @AfterEach
    void stop() {
        started.ifPresent(ProxyFixture::close);
    }

    private ProxyFixture fixture() {
        return started.orElseThrow();
    }

    private void start(String adminKeys) throws IOException {
        started =
                Optional.of(
                        ProxyFixture.start(
                                yaml ->
                                        yaml.replace("admin:\n", "admin:\n" + adminKeys)
                                                .replace(
                                                        "    audiences: ["
                                                                + DemoCast.AUDIENCE
                                                                + "]",
                                                        "    audiences: ["
                                                                + DemoCast.AUDIENCE
                                                                + ", '"
                                                                + AUDIENCE
                                                                + "']"),
                                scenery -> scenery.folder().write("admin.key", KEY + "\n")));
    }

    private static String operators(String list, String id) {
        return "  audience: "
                + AUDIENCE
                + "\n  operators:\n    tenant: "
                + DemoCast.TENANT
                + "\n    "
                + list
                + ": ["
                + id
                + "]\n";
    }

    private String tokenOf(CastMember member, String audience, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(member.claims(audience));
        claims.putAll(more);
        return fixture().scenery().issuer().mint(claims, Duration.ofMinutes(5));
    }

    private HttpResponse<String> ask(String method, String path, String authorization)
            throws IOException, InterruptedException {
        return fixture()
                .send(
                        HttpRequest.newBuilder(URI.create(fixture().adminBase() + path))
                                .header("Authorization", authorization)
                                .method(method, BodyPublishers.noBody())
                                .build());
    }

    private HttpResponse<String> ask(String method, String path, CastMember member)
            throws IOException, InterruptedException {
        return ask(method, path, "Bearer " + tokenOf(member, AUDIENCE, Map.of()));
    }

    private List<JsonNode> adminRecords() {
        return JournalReading.records(fixture().journalFolder()).stream()
                .filter(record -> record.path("phase").asText().equals("admin"))
                .toList();
    }

    private JsonNode awaitRecord(String action) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                adminRecords().stream()
                                        .filter(record -> record.toString().contains(action))
                                        .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    @Test
    void anOperatorHasAssignmentsReadAndSeesWhatIsInUse() throws Exception {
        start(operators("principals", DemoCast.ENGINEER.id().objectId()));
        JsonNode before = JSON.readTree(ask("GET", "/state", DemoCast.ENGINEER).body());
        fixture()
                .workspace()
                .assign(
                        "6e4bf58a-b8e1-4cc3-bbf9-d73143322b78",
                        DemoCast.ANALYST.id().objectId(),
                        "workspaces/demo");

        HttpResponse<String> refreshed = ask("POST", "/refresh", DemoCast.ENGINEER);
        JsonNode after = JSON.readTree(ask("GET", "/state", DemoCast.ENGINEER).body());

        assertThat(refreshed.statusCode()).isEqualTo(200);
        JsonNode workspace = JSON.readTree(refreshed.body()).at("/workspaces/0");
        assertThat(workspace.path("name").asText()).isEqualTo("demo");
        assertThat(workspace.path("refreshed").asBoolean()).isTrue();
        assertThat(workspace.path("assignments").asInt())
                .isEqualTo(before.at("/workspaces/0/assignments").asInt() + 1);
        assertThat(after.at("/workspaces/0/snapshot").asText())
                .isEqualTo(workspace.path("snapshot").asText());
        assertThat(before.at("/configuration/generation").asInt()).isEqualTo(1);
        assertThat(before.at("/issuers/0/usable").asBoolean()).isTrue();
        assertThat(before.at("/credentials/0/kind").asText()).isNotEmpty();
    }

    @Test
    void anOperatorSeesWhatIsAskedForAndNotCatalogued() throws Exception {
        start(operators("principals", DemoCast.ENGINEER.id().objectId()));
        fixture().send(DemoCast.ANALYST, "POST", "/pipelines/nightly-1/explode");
        fixture().send(DemoCast.ENGINEER, "POST", "/pipelines/nightly-2/explode");
        fixture().send(DemoCast.ENGINEER, "POST", "/getGitHubAccessToken");

        JsonNode gaps =
                Awaitility.await()
                        .until(
                                () -> JSON.readTree(ask("GET", "/gaps", DemoCast.ENGINEER).body()),
                                report -> report.at("/gaps/1/count").asInt() == 1);

        assertThat(gaps.at("/gaps/0/service").asText()).isEqualTo("demo");
        assertThat(gaps.at("/gaps/0/method").asText()).isEqualTo("POST");
        assertThat(gaps.at("/gaps/0/path").asText())
                .isEqualTo("/synapse/demo/pipelines/{id}/explode");
        assertThat(gaps.at("/gaps/0/count").asInt()).isEqualTo(2);
        assertThat(gaps.at("/gaps/1/operation").asText())
                .isEqualTo("WorkspaceGitRepoManagement_GetGitHubAccessToken");
        assertThat(gaps.at("/complete").asBoolean()).isTrue();
    }

    @Test
    void eachUseIsRecordedUnderWhoDidIt() throws Exception {
        start(operators("principals", DemoCast.ENGINEER.id().objectId()));

        ask("POST", "/refresh?workspace=demo", DemoCast.ENGINEER);
        JsonNode refresh = awaitRecord("admin.refresh");
        ask("GET", "/state", DemoCast.ENGINEER);
        JsonNode state = awaitRecord("admin.state");

        assertThat(refresh.toString())
                .contains(DemoCast.ENGINEER.id().toString(), "workspace=demo");
        assertThat(state.toString()).contains(DemoCast.ENGINEER.id().toString());
    }

    @Test
    void membersOfAGroupAreOperators() throws Exception {
        start(operators("groups", DemoCast.DATA_ENGINEERS.objectId()));

        assertThat(ask("GET", "/state", DemoCast.ENGINEER).statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/state", DemoCast.ANALYST).statusCode()).isEqualTo(403);
    }

    @Test
    void unknownGroupsAreNotTakenForNone() throws Exception {
        start(operators("groups", DemoCast.DATA_ENGINEERS.objectId()));
        Map<String, Object> claims = new HashMap<>(DemoCast.ENGINEER.claims(AUDIENCE));
        claims.remove("groups");
        String token = fixture().scenery().issuer().mint(claims, Duration.ofMinutes(5));

        HttpResponse<String> answer = ask("GET", "/state", "Bearer " + token);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("groups_unknown");
    }

    @Test
    void othersAreRefusedAndRecorded() throws Exception {
        start(operators("principals", DemoCast.ENGINEER.id().objectId()));
        String forged = tokenOf(DemoCast.ENGINEER, AUDIENCE, Map.of()) + "x";

        HttpResponse<String> analyst = ask("POST", "/refresh", DemoCast.ANALYST);
        HttpResponse<String> wrongAudience =
                ask(
                        "GET",
                        "/state",
                        "Bearer " + tokenOf(DemoCast.ENGINEER, DemoCast.AUDIENCE, Map.of()));
        HttpResponse<String> bad = ask("GET", "/state", "Bearer " + forged);
        HttpResponse<String> key = ask("GET", "/state", "ApiKey " + KEY);

        assertThat(analyst.statusCode()).isEqualTo(403);
        assertThat(analyst.body()).contains("not_operator", "admin.operators");
        assertThat(wrongAudience.statusCode()).isEqualTo(401);
        assertThat(wrongAudience.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(field -> assertThat(field).startsWith("Bearer"));
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.body()).doesNotContain(forged);
        assertThat(key.statusCode()).isEqualTo(401);
        assertThat(awaitRecord("not_operator").toString()).contains("admin.refused", "/refresh");
        assertThat(awaitRecord("key_wrong").toString()).doesNotContain(KEY);
    }

    @Test
    void somebodyWhoActsForAnOperatorIsNone() throws Exception {
        start(operators("principals", DemoCast.ENGINEER.id().objectId()));
        String token =
                tokenOf(DemoCast.ENGINEER, AUDIENCE, Map.of("act", Map.of("sub", "agent-7")));

        HttpResponse<String> answer = ask("POST", "/refresh", "Bearer " + token);

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void theKeyIsTakenAndReadAtEachUse() throws Exception {
        start("  api_key: file:admin.key\n");

        HttpResponse<String> good = ask("POST", "/refresh", "ApiKey " + KEY);
        HttpResponse<String> wrong = ask("POST", "/refresh", "ApiKey " + KEY.replace('0', '1'));
        fixture().edit("admin.key", old -> "f".repeat(32));
        HttpResponse<String> old = ask("GET", "/state", "ApiKey " + KEY);
        HttpResponse<String> rotated = ask("GET", "/state", "ApiKey " + "f".repeat(32));
        fixture().edit("admin.key", _ -> "short");
        HttpResponse<String> weak = ask("GET", "/state", "ApiKey short");

        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(old.statusCode()).isEqualTo(401);
        assertThat(rotated.statusCode()).isEqualTo(200);
        assertThat(weak.statusCode()).isEqualTo(403);
        assertThat(awaitRecord("admin.refresh").toString()).contains("api_key");
    }

    @Test
    void whereNobodyIsConfiguredTheAnswerSaysHow() throws Exception {
        start("");

        HttpResponse<String> answer = ask("POST", "/refresh", DemoCast.ENGINEER);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("operators_not_configured", "admin.api_key");
        assertThat(fixture().admin("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aWorkspaceThatDoesNotExistIsNotRefreshed() throws Exception {
        start("  api_key: file:admin.key\n");

        HttpResponse<String> answer = ask("POST", "/refresh?workspace=none", "ApiKey " + KEY);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("unknown_workspace");
    }

    @Test
    void theGenerationCountsWhatWasTakenUp() throws Exception {
        start("  api_key: file:admin.key\n");

        fixture()
                .edit(
                        "stagedoor.yaml",
                        yaml -> yaml.replace("poll_interval: 5s", "poll_interval: 6s"));
        fixture().proxy().reload();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                JSON.readTree(
                                                                ask(
                                                                                "GET",
                                                                                "/state",
                                                                                "ApiKey " + KEY)
                                                                        .body())
                                                        .at("/configuration/generation")
                                                        .asInt())
                                        .isEqualTo(2));
    }
}
