package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller asks the proxy itself what it sees. */
class CallerViewIT {

    private static final String PATH = "/.stagedoor/who-am-i";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = ProxyFixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aCallerSeesItselfAsDecisionsDo() throws Exception {
        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "GET", PATH);
        JsonNode seen = JSON.readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(seen.at("/principal/objectId").asText())
                .isEqualTo(DemoCast.ENGINEER.id().objectId());
        assertThat(seen.at("/principal/tenant").asText()).isEqualTo(DemoCast.TENANT);
        assertThat(seen.at("/principal/kind").asText()).isEqualTo("user");
        assertThat(seen.at("/principal/name").asText()).isEqualTo("engineer@demo.example");
        assertThat(seen.path("clientApplication").asText())
                .isEqualTo(DemoCast.ENGINEER.clientApplication());
        assertThat(seen.at("/token/issuer").asText()).isEqualTo("demo");
        assertThat(seen.at("/token/expiresAt").asText()).endsWith("Z");
        assertThat(seen.at("/groups/source").asText()).isEqualTo("token");
        assertThat(seen.at("/groups/ids/0").asText()).isEqualTo(DemoCast.DATA_ENGINEERS.objectId());
        JsonNode workspace = seen.at("/workspaces/0");
        assertThat(workspace.path("name").asText()).isEqualTo("demo");
        assertThat(workspace.at("/snapshot/id").asText()).isNotEmpty();
        assertThat(workspace.path("roles").findValuesAsText("role"))
                .containsExactly("Synapse Contributor", "Synapse Credential User");
        assertThat(workspace.at("/roles/0/viaGroup").asText())
                .isEqualTo(DemoCast.DATA_ENGINEERS.objectId());
        assertThat(workspace.at("/roles/1/scope").asText())
                .isEqualTo("workspaces/demo/credentials/WorkspaceSystemIdentity");
        assertThat(workspace.at("/roles/1").has("viaGroup")).isFalse();
        assertThat(workspace.path("guardrails")).isEmpty();
    }

    @Test
    void itIsRecordedAndNeverForwarded() throws Exception {
        HttpResponse<String> answer = fixture.send(DemoCast.ANALYST, "GET", PATH);
        String id = answer.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(JournalReading.ofRequest(fixture.journalFolder(), id))
                                        .hasSize(2));
        JsonNode record = JournalReading.ofRequest(fixture.journalFolder(), id).getFirst();
        assertThat(record.at("/request/operation").asText()).isEqualTo("Stagedoor_WhoAmI");
        assertThat(record.at("/decision/code").asText()).isEqualTo("permitted");
        assertThat(fixture.workspace().requests(each -> each.path().contains(".stagedoor")))
                .isEmpty();
    }

    @Test
    void guardrailsAreSeenAndDoNotKeepACallerFromSeeingThem() throws Exception {
        fixture.edit("access.yaml", access -> access.replace("read: true", "read: false"));
        fixture.proxy().reload();

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                fixture.send(DemoCast.AGENT, "GET", "/pipelines")
                                                        .statusCode())
                                        .isEqualTo(403));
        JsonNode seen = JSON.readTree(fixture.send(DemoCast.AGENT, "GET", PATH).body());

        assertThat(seen.at("/principal/kind").asText()).isEqualTo("service_principal");
        assertThat(seen.at("/workspaces/0/guardrails/0/name").asText()).isEqualTo("nightly-agent");
        assertThat(seen.at("/workspaces/0/guardrails/0/allows").asText())
                .isEqualTo("run pipeline `nightly`");
        assertThat(seen.at("/workspaces/0/guardrails/0/inDoubt").asBoolean()).isFalse();
    }

    @Test
    void unknownGroupsAreShownAsUnknown() throws Exception {
        Map<String, Object> claims = new HashMap<>(DemoCast.ENGINEER.claims(DemoCast.AUDIENCE));
        claims.remove("groups");
        claims.put("act", Map.of("sub", "agent-7"));
        String token = fixture.scenery().issuer().mint(claims, Duration.ofMinutes(5));

        HttpResponse<String> answer =
                fixture.send(fixture.request(token, "GET", PATH, Optional.empty()));
        JsonNode seen = JSON.readTree(answer.body());

        assertThat(seen.at("/groups/known").asBoolean()).isFalse();
        assertThat(seen.at("/actors/0").asText()).isEqualTo("agent-7");
        assertThat(seen.at("/workspaces/0/roles").findValuesAsText("role"))
                .containsExactly("Synapse Credential User");
    }

    @Test
    void aStrangerHasNoRoles() throws Exception {
        CastMember stranger =
                new CastMember(
                        "stranger",
                        new PrincipalId(DemoCast.TENANT, "5a9d1f60-0000-4000-8000-0000000000ff"),
                        PrincipalKind.USER,
                        "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                        List.of());

        JsonNode seen = JSON.readTree(fixture.send(stranger, "GET", PATH).body());

        assertThat(seen.at("/workspaces/0/known").asBoolean()).isTrue();
        assertThat(seen.at("/workspaces/0/roles")).isEmpty();
    }

    @Test
    void withoutAGoodTokenThereIsNothingToSee() throws Exception {
        HttpResponse<String> answer =
                fixture.send(fixture.request("a.b.c", "GET", PATH, Optional.empty()));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(answer.body()).at("/error/code").asText())
                .isEqualTo("AuthenticationFailed");
    }

    @Test
    void nothingElseIsServedThere() throws Exception {
        assertThat(fixture.send(DemoCast.ENGINEER, "POST", PATH).statusCode()).isEqualTo(403);
        assertThat(fixture.send(DemoCast.ENGINEER, "GET", "/.stagedoor/pipelines").statusCode())
                .isEqualTo(403);
        assertThat(fixture.send(DemoCast.ENGINEER, "GET", "/.Stagedoor/who-am-i").statusCode())
                .isEqualTo(200);
        assertThat(fixture.workspace().requests(each -> each.path().contains("tagedoor")))
                .isEmpty();
    }
}
