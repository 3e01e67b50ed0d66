package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers lead back to the proxy, belong to who asked, and describe the caller. */
class AnswerIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LIVY = "/livyApi/versions/2019-11-01-preview/sparkPools/small";
    private static final CastMember COLLEAGUE = member("colleague", "c1");
    private static final CastMember ADMINISTRATOR = member("administrator", "d1");

    private static ProxyFixture fixture;

    private static CastMember member(String name, String suffix) {
        return new CastMember(
                name,
                PrincipalId.of(DemoCast.TENANT, "5a9d1f60-0000-4000-8000-0000000000" + suffix),
                PrincipalKind.USER,
                "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                List.of());
    }

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start(UnaryOperator.identity(), AnswerIT::assign);
    }

    private static void assign(DemoScenery scenery) {
        assign(scenery, "Synapse Contributor", COLLEAGUE);
        assign(scenery, "Synapse Administrator", ADMINISTRATOR);
        scenery.workspace().pageSize(2);
    }

    private static void assign(DemoScenery scenery, String role, CastMember member) {
        scenery.workspace()
                .assign(
                        BuiltInRoles.byName(role).orElseThrow().id(),
                        member.id().objectId(),
                        "workspaces/" + DemoCast.WORKSPACE);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void pagesLeadBackToTheProxyUntilTheLast() throws Exception {
        Set<String> names = new HashSet<>();
        Optional<URI> next = Optional.of(uri("/pipelines"));
        int pages = 0;
        while (next.isPresent()) {
            assertThat(next.get().toString()).startsWith(fixture.base().toString());
            JsonNode page = JSON.readTree(get(DemoCast.ANALYST, next.get()).body());
            page.at("/value").forEach(item -> names.add(item.at("/name").asText()));
            next =
                    Optional.of(page.at("/nextLink").asText())
                            .filter(t -> !t.isEmpty())
                            .map(URI::create);
            pages++;
        }

        assertThat(pages).isGreaterThanOrEqualTo(2);
        assertThat(names).contains("nightly", "weekly", "backfill");
    }

    @Test
    void longRunningWriteIsPolledThroughTheProxy() throws Exception {
        HttpResponse<String> write =
                fixture.send(DemoCast.ENGINEER, "PUT", "/pipelines/fresh", "{\"properties\":{}}");

        assertThat(write.statusCode()).isEqualTo(202);
        URI location = URI.create(write.headers().firstValue("Location").orElseThrow());
        assertThat(location.toString()).startsWith(fixture.base() + "/operationResults/");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> get(DemoCast.ENGINEER, location).statusCode() == 200);
    }

    @Test
    void linkToAForeignHostIsWithheld() throws Exception {
        fixture.workspace()
                .replyOnce(
                        seen -> seen.path().equals("/notebooks"),
                        Answer.json(200, "{\"value\":[],\"nextLink\":\"https://evil.example/x\"}"));

        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "GET", "/notebooks");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("foreign_location").doesNotContain("evil.example");
    }

    @Test
    void foreignLocationOfAWriteIsToldWithAStatusThatNoClientRetries() throws Exception {
        fixture.workspace()
                .replyOnce(
                        seen -> seen.method().equals("PUT"),
                        Answer.json(202, "{}").with("Location", "https://evil.example/op/1"));

        HttpResponse<String> answer =
                fixture.send(DemoCast.ENGINEER, "PUT", "/notebooks/n", "{\"properties\":{}}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void answerThatIsCutIsNotPassedAsWhole() throws Exception {
        fixture.workspace()
                .replyOnce(
                        seen -> seen.path().equals("/triggers"),
                        new Reply.Truncated(Answer.json(200, "{\"value\":[1,2,3]}"), 5));

        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "GET", "/triggers");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_failed");
    }

    @Test
    void workspaceNamesTheProxyAsItsDevelopmentEndpoint() throws Exception {
        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "GET", "/workspace");

        assertThat(answer.body()).contains(fixture.base().toString());
        assertThat(answer.body()).doesNotContain(fixture.workspace().uri().toString());
    }

    @Test
    void ownRolesAreTheCallersNotTheProxys() throws Exception {
        HttpResponse<String> answer =
                fixture.send(DemoCast.ANALYST, "POST", "/rbac/getMyAssignedRoles");

        String artifactUser = BuiltInRoles.byName("Synapse Artifact User").orElseThrow().id();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).toString()).isEqualTo("[\"" + artifactUser + "\"]");
        assertThat(fixture.workspace().requests(seen -> seen.path().contains("getMyAssigned")))
                .isEmpty();
    }

    @Test
    void sessionRunsStatementsOfItsCreatorOnly() throws Exception {
        HttpResponse<String> made =
                fixture.send(DemoCast.ENGINEER, "POST", LIVY + "/sessions", "{\"name\":\"mine\"}");
        String session = LIVY + "/sessions/" + JSON.readTree(made.body()).at("/id").asInt();
        String code = "{\"code\":\"1+1\",\"kind\":\"pyspark\"}";

        HttpResponse<String> own =
                fixture.send(DemoCast.ENGINEER, "POST", session + "/statements", code);
        HttpResponse<String> foreign =
                fixture.send(COLLEAGUE, "POST", session + "/statements", code);
        HttpResponse<String> look = fixture.send(COLLEAGUE, "GET", session);

        assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains("not_owner");
        assertThat(look.statusCode()).isEqualTo(200);
    }

    @Test
    void sessionThatNobodyMadeThroughTheProxyIsNobodysToUse() throws Exception {
        HttpResponse<String> answer =
                fixture.send(
                        DemoCast.ENGINEER,
                        "POST",
                        LIVY + "/sessions/4711/statements",
                        "{\"code\":\"1\"}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("not_owner");
    }

    @Test
    void ownershipSurvivesARestart() throws Exception {
        HttpResponse<String> made =
                fixture.send(DemoCast.ENGINEER, "POST", LIVY + "/sessions", "{\"name\":\"kept\"}");
        String statements =
                LIVY + "/sessions/" + JSON.readTree(made.body()).at("/id").asInt() + "/statements";

        fixture.restart();

        assertThat(
                        fixture.send(DemoCast.ENGINEER, "POST", statements, "{\"code\":\"1\"}")
                                .statusCode())
                .isEqualTo(200);
        assertThat(fixture.send(COLLEAGUE, "POST", statements, "{\"code\":\"1\"}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void runIdOfAnotherCallerIsTaken() throws Exception {
        String run = "/notebooks/runs/" + UUID.randomUUID();
        String body = "{\"notebook\":\"explore\",\"sparkPool\":\"small\"}";

        HttpResponse<String> first = fixture.send(DemoCast.ENGINEER, "PUT", run, body);
        HttpResponse<String> second = fixture.send(COLLEAGUE, "PUT", run, body);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("id_taken");
    }

    @Test
    void writtenRoleAssignmentCountsSoonWithoutAPoll() throws Exception {
        CastMember newcomer = member("newcomer", "77");
        HttpResponse<String> before = fixture.send(newcomer, "GET", "/pipelines");
        String body =
                String.format(
                        Locale.ROOT,
                        "{\"roleId\":\"%s\",\"principalId\":\"%s\",\"scope\":\"workspaces/demo\"}",
                        BuiltInRoles.byName("Synapse Artifact User").orElseThrow().id(),
                        newcomer.id().objectId());

        HttpResponse<String> granted =
                fixture.send(ADMINISTRATOR, "PUT", "/roleAssignments/" + UUID.randomUUID(), body);

        assertThat(before.statusCode()).isEqualTo(403);
        assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(3))
                .until(() -> fixture.send(newcomer, "GET", "/pipelines").statusCode() == 200);
    }

    @Test
    void largeBodyStreamsThroughUnchanged() throws Exception {
        String text = "x".repeat(3 << 20);
        fixture.workspace()
                .replyOnce(seen -> seen.path().equals("/notebooks/large"), Answer.json(200, "{}"));

        HttpResponse<String> answer =
                fixture.send(
                        DemoCast.ENGINEER,
                        "PUT",
                        "/notebooks/large",
                        "{\"properties\":{\"text\":\"" + text + "\"}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(
                        fixture.workspace()
                                .requests(seen -> seen.path().equals("/notebooks/large"))
                                .getFirst()
                                .body()
                                .length())
                .isEqualTo(text.length() + "{\"properties\":{\"text\":\"\"}}".length());
    }

    private static URI uri(String path) {
        return URI.create(fixture.base() + path + "?api-version=2020-12-01");
    }

    private static HttpResponse<String> get(CastMember caller, URI uri)
            throws IOException, InterruptedException {
        return fixture.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + fixture.scenery().token(caller))
                        .build());
    }
}
