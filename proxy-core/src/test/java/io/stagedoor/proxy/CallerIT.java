package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.Verdicts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows 70 and 71: which callers a workspace lets in, and what agents may do on behalf of users. */
class CallerIT {

    private static final String RUN = "/pipelines/nightly/createRun";
    private static final String READ = "/pipelines/nightly";
    private static final String KEYS = "    keys:\n      trusted_certificates: ca.pem\n";
    private static final String PREFIX = "    path_prefix: /synapse/demo\n";

    private static String withCallers(String yaml, String rules) {
        return yaml.replace(PREFIX, PREFIX + "    callers: {" + rules + "}\n");
    }

    private static String knowingGroups(String yaml) {
        return yaml.replace("  file: access.yaml", "  file: access.yaml\n  groups_complete: true");
    }

    private static HttpResponse<String> send(
            ProxyFixture fixture, CastMember who, Map<String, Object> more, String path)
            throws IOException, InterruptedException {
        Map<String, Object> claims = new TreeMap<>(who.claims(DemoCast.AUDIENCE));
        claims.putAll(more);
        String token = fixture.scenery().issuer().mint(claims, Duration.ofHours(1));
        String method = path.equals(RUN) ? "POST" : "GET";
        return fixture.send(fixture.request(token, method, path, Optional.empty()));
    }

    @Test
    @DisplayName("70 an application where users are demanded")
    void onlyUsersAreLetInWhereOnlyTheyAreListed() throws Exception {
        try (ProxyFixture fixture =
                ProxyFixture.start(yaml -> withCallers(yaml, "kinds: [user]"))) {
            HttpResponse<String> app = send(fixture, DemoCast.AGENT, Map.of(), READ);
            HttpResponse<String> guest = send(fixture, DemoCast.ENGINEER, Map.of("acct", 1), READ);
            HttpResponse<String> unclear =
                    send(fixture, DemoCast.ENGINEER, Map.of("idtyp", "device"), READ);
            HttpResponse<String> user = send(fixture, DemoCast.ENGINEER, Map.of(), READ);

            JsonNode record = Verdicts.assertRefused(fixture, app, 403, "caller_not_allowed");
            assertThat(record.at("/caller/kind").asText()).isEqualTo("service_principal");
            assertThat(app.body()).contains("the caller is a service principal").contains("user");
            record = Verdicts.assertRefused(fixture, guest, 403, "caller_not_allowed");
            assertThat(record.at("/caller/kind").asText()).isEqualTo("guest");
            Verdicts.assertRefused(fixture, unclear, 403, "caller_not_allowed");
            assertThat(user.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void rulesAreTakenUpFromAChangedFile() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            assertThat(send(fixture, DemoCast.ENGINEER, Map.of(), READ).statusCode())
                    .isEqualTo(200);

            fixture.edit(
                    "stagedoor.yaml",
                    yaml -> withCallers(yaml, "kinds: [service_principal, managed_identity]"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    send(fixture, DemoCast.ENGINEER, Map.of(), READ).statusCode()
                                            == 403);
            assertThat(send(fixture, DemoCast.AGENT, Map.of(), READ).statusCode()).isEqualTo(200);
            HttpResponse<String> machine =
                    send(fixture, DemoCast.AGENT, Map.of("xms_mirid", "/subscriptions/s"), READ);
            assertThat(machine.statusCode()).isEqualTo(200);
            assertThat(Verdicts.record(fixture, machine).at("/caller/kind").asText())
                    .isEqualTo("managed_identity");
        }
    }

    @Test
    @DisplayName("71 a client that is not listed, or public")
    void clientApplicationMustBeListedAndConfidential() throws Exception {
        String rules =
                "client_applications: ["
                        + DemoCast.ENGINEER.clientApplication().toUpperCase(java.util.Locale.ROOT)
                        + "], confidential_clients_only: true";
        try (ProxyFixture fixture = ProxyFixture.start(yaml -> withCallers(yaml, rules))) {
            HttpResponse<String> unlisted =
                    send(fixture, DemoCast.AGENT, Map.of("azpacr", "2"), READ);
            HttpResponse<String> unproven =
                    send(fixture, DemoCast.ENGINEER, Map.of("azpacr", "0"), READ);
            HttpResponse<String> silent = send(fixture, DemoCast.ENGINEER, Map.of(), READ);
            HttpResponse<String> proven =
                    send(fixture, DemoCast.ENGINEER, Map.of("azpacr", "1"), READ);

            Verdicts.assertRefused(fixture, unlisted, 403, "client_not_allowed");
            JsonNode record = Verdicts.assertRefused(fixture, unproven, 403, "client_not_allowed");
            assertThat(record.at("/caller/token/client_authentication").asText())
                    .isEqualTo("public");
            assertThat(unproven.body()).contains("did not prove who it is");
            Verdicts.assertRefused(fixture, silent, 403, "client_not_allowed");
            assertThat(proven.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void oneOfTheScopesOrRolesIsNeeded() throws Exception {
        String rules = "scopes: [Jobs.Read], roles: [Jobs.Run]";
        try (ProxyFixture fixture = ProxyFixture.start(yaml -> withCallers(yaml, rules))) {
            HttpResponse<String> without =
                    send(fixture, DemoCast.ENGINEER, Map.of("scp", "Jobs.ReadX Jobs"), READ);
            HttpResponse<String> scope =
                    send(fixture, DemoCast.ENGINEER, Map.of("scp", "openid Jobs.Read"), READ);
            HttpResponse<String> role =
                    send(fixture, DemoCast.AGENT, Map.of("roles", List.of("Jobs.Run")), READ);

            Verdicts.assertRefused(fixture, without, 403, "scope_missing");
            assertThat(without.headers().allValues("WWW-Authenticate"))
                    .containsExactly(
                            "Bearer realm=\"stagedoor\", error=\"insufficient_scope\","
                                    + " scope=\"Jobs.Read\"");
            assertThat(without.body()).contains("app role Jobs.Run");
            assertThat(scope.statusCode()).isEqualTo(200);
            assertThat(role.statusCode()).isEqualTo(200);
        }
    }

    private static Map<String, Object> actedBy(CastMember agent) {
        return Map.of("act", Map.of("oid", agent.id().objectId()));
    }

    @Test
    void onBehalfOfAUserAnAgentMayDoWhatBothMay() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start(CallerIT::knowingGroups)) {
            HttpResponse<String> both =
                    send(fixture, DemoCast.ENGINEER, actedBy(DemoCast.AGENT), RUN);
            HttpResponse<String> agentLacks =
                    send(fixture, DemoCast.ENGINEER, actedBy(DemoCast.ANALYST), RUN);
            HttpResponse<String> userLacks =
                    send(fixture, DemoCast.ANALYST, actedBy(DemoCast.AGENT), RUN);

            assertThat(both.statusCode()).isEqualTo(202);
            JsonNode record = Verdicts.record(fixture, both);
            String agent = DemoCast.AGENT.id().objectId();
            assertThat(record.at("/caller/actors/0").asText()).isEqualTo(agent);
            assertThat(record.at("/decision/matched").findValuesAsText("actor")).contains(agent);
            assertThat(record.at("/decision/explanation").asText())
                    .contains(
                            DemoCast.ENGINEER.id().objectId(),
                            agent + "`, which acts on its behalf");

            record = Verdicts.assertRefused(fixture, agentLacks, 403, "not_permitted");
            String analyst = DemoCast.ANALYST.id().objectId();
            assertThat(agentLacks.body())
                    .contains("The agent that acts lacks a right of its own", analyst)
                    .contains("minimal_grant");
            assertThat(record.at("/decision/suggestions").findValuesAsText("principal"))
                    .isNotEmpty()
                    .containsOnly(analyst);

            Verdicts.assertRefused(fixture, userLacks, 403, "not_permitted");
            assertThat(userLacks.body())
                    .contains("The principal on whose behalf it is done lacks a right")
                    .doesNotContain("The agent that acts lacks");
        }
    }

    @Test
    void agentWhoseGroupsAreUnknownHasItsDirectRightsAndNoVerdictElse() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            HttpResponse<String> direct =
                    send(fixture, DemoCast.ENGINEER, actedBy(DemoCast.AGENT), RUN);
            HttpResponse<String> unknown =
                    send(fixture, DemoCast.ENGINEER, actedBy(DemoCast.ANALYST), RUN);

            assertThat(direct.statusCode()).isEqualTo(202);
            Verdicts.assertRefused(fixture, unknown, 503, "groups_unknown");
        }
    }

    @Test
    void actorThatCannotBeToldIsRefused() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            HttpResponse<String> answer =
                    send(
                            fixture,
                            DemoCast.ENGINEER,
                            Map.of("act", Map.of("client_id", "somebody")),
                            READ);
            HttpResponse<String> marked =
                    send(fixture, DemoCast.ENGINEER, Map.of("xms_act_fct", "11"), READ);

            Verdicts.assertRefused(fixture, answer, 403, "actor_unknown");
            Verdicts.assertRefused(fixture, marked, 403, "actor_unknown");
            assertThat(marked.body()).contains("under `agents` of its issuer");
        }
    }

    @Test
    void listedClientApplicationIsAnAgentFromTheNextRequestOn() throws Exception {
        String agents =
                "    agents:\n      - client_application: "
                        + DemoCast.ENGINEER.clientApplication()
                        + "\n        principal: "
                        + DemoCast.ANALYST.id().objectId()
                        + "\n";
        try (ProxyFixture fixture = ProxyFixture.start(CallerIT::knowingGroups)) {
            assertThat(send(fixture, DemoCast.ENGINEER, Map.of(), RUN).statusCode()).isEqualTo(202);

            fixture.edit("stagedoor.yaml", yaml -> yaml.replace(KEYS, agents + KEYS));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    send(fixture, DemoCast.ENGINEER, Map.of(), RUN).statusCode()
                                            == 403);
            HttpResponse<String> denied = send(fixture, DemoCast.ENGINEER, Map.of(), RUN);
            Verdicts.assertRefused(fixture, denied, 403, "not_permitted");
            assertThat(denied.body()).contains("The agent that acts lacks a right of its own");
            assertThat(send(fixture, DemoCast.ENGINEER, Map.of(), READ).statusCode())
                    .isEqualTo(200);
        }
    }
}
