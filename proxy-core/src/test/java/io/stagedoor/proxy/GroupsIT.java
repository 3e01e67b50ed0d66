package io.stagedoor.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.FakeGraph;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.LeakGuard;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers whose tokens do not tell their groups, and Graph in its good and bad hours. */
@ExtendWith(LeakGuard.class)
class GroupsIT {

    private static final Duration BOUND = Duration.ofSeconds(20);

    /** How many requests the trying out at the start takes. */
    private static final int EXAMINATION = 3;

    private FakeGraph graph;
    private Optional<ProxyFixture> started = Optional.empty();

    @BeforeEach
    void startGraph() {
        graph = FakeGraph.start();
    }

    @AfterEach
    void stop() {
        started.ifPresent(ProxyFixture::close);
        graph.close();
    }

    private ProxyFixture start(String further) throws IOException {
        ProxyFixture fixture =
                ProxyFixture.start(yaml -> yaml + graph.entry(DemoCast.TENANT, further));
        started = Optional.of(fixture);
        return fixture;
    }

    @Test
    void groupsThatTheTokenDoesNotTellAreAskedForOnceAndRecordedWithTheirAge() throws Exception {
        graph.tell(DemoCast.ENGINEER.id(), DemoCast.DATA_ENGINEERS);
        ProxyFixture fixture = start("");

        HttpResponse<String> first = silent(DemoCast.ENGINEER);
        HttpResponse<String> second = silent(DemoCast.ENGINEER);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(graph.lookUps()).isOne();
        JsonNode record = decided(second);
        assertThat(record.at("/caller/groups").toString())
                .isEqualTo("{\"count\":1,\"complete\":true,\"source\":\"entra\"}");
        assertThat(record.at("/versions/groups_age_ms").isIntegralNumber()).isTrue();
        assertThat(record.at("/versions/snapshot_age_ms").isIntegralNumber()).isTrue();
        assertThat(record.at("/decision/matched/0/via_group").asText())
                .isEqualTo(DemoCast.DATA_ENGINEERS.objectId());
        assertThat(fixture.admin("/metrics").body())
                .contains(
                        "stagedoor_groups_lookup_seconds_count{directory=\"entra\",outcome=\"found\"} 1")
                .contains("stagedoor_groups_age_seconds{directory=\"entra\"}");
    }

    @Test
    void callersSeeWhereTheirGroupsComeFromAndHowOldThatIs() throws Exception {
        graph.tell(DemoCast.ENGINEER.id(), DemoCast.DATA_ENGINEERS);
        start("");

        JsonNode seen =
                new ObjectMapper()
                        .readTree(
                                send(token(DemoCast.ENGINEER, Map.of()), "/.stagedoor/who-am-i")
                                        .body())
                        .path("groups");

        assertThat(seen.path("known").asBoolean()).isTrue();
        assertThat(seen.path("source").asText()).isEqualTo("entra");
        assertThat(seen.path("ageSeconds").isIntegralNumber()).isTrue();
        assertThat(seen.path("degraded").asBoolean(true)).isFalse();
        assertThat(seen.path("ids")).hasSize(1);
    }

    @Test
    void groupThatTheTokenCallsByAnyNameCountsAsWhatItIsMappedTo() throws Exception {
        String mapped =
                """
                  mapped_groups:
                    - {tenant: demo, group: "Data Engineers / EU", of_tenant: @tenant@, counts_as: [@group@]}
                """
                        .replace("@tenant@", DemoCast.TENANT)
                        .replace("@group@", DemoCast.DATA_ENGINEERS.objectId());
        started = Optional.of(ProxyFixture.start(yaml -> yaml + mapped));

        HttpResponse<String> named =
                send(token(DemoCast.ENGINEER, Map.of("groups", List.of("Data Engineers / EU"))));
        HttpResponse<String> other =
                send(token(DemoCast.ENGINEER, Map.of("groups", List.of("Data Engineers"))));

        assertThat(named.statusCode()).as(named.body()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(403);
    }

    @Test
    void groupsThatTheTokenTellsAreNotAskedFor() throws Exception {
        ProxyFixture fixture = start("");

        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "GET", "/pipelines");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(graph.lookUps()).isZero();
        assertThat(decided(answer).at("/caller/groups").toString())
                .isEqualTo("{\"count\":1,\"complete\":true}");
    }

    @Test
    void theDirectoryAloneCountsWhereItIsConfiguredTo() throws Exception {
        graph.tell(DemoCast.ENGINEER.id());
        ProxyFixture fixture = start("      groups_from: directory\n");

        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "GET", "/pipelines");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(graph.lookUps()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429, 403, 401, 404})
    void unknownGroupsLeaveWhatIsAssignedDirectlyAndRefuseTheRestWith503(int status)
            throws Exception {
        graph.answerAll(aResponse().withStatus(status));
        ProxyFixture fixture = start("");

        HttpResponse<String> through = silent(DemoCast.ENGINEER);
        HttpResponse<String> direct = silent(DemoCast.ANALYST);

        assertThat(through.statusCode()).as(through.body()).isEqualTo(503);
        assertThat(through.body()).contains("groups_unknown");
        assertThat(through.headers().firstValue("retry-after")).isPresent();
        assertThat(direct.statusCode()).as(direct.body()).isEqualTo(200);
        JsonNode groups = decided(direct).at("/caller/groups");
        assertThat(groups.at("/complete").asBoolean(true)).isFalse();
        assertThat(groups.at("/source").asText()).isEqualTo("entra");
        assertThat(groups.at("/degraded").asBoolean()).isEqualTo(status != 404);
        assertThat(fixture.admin("/metrics").body())
                .contains(
                        "stagedoor_groups_degraded_total{directory=\"entra\",groups=\"unknown\"}");
    }

    @Test
    void aThrottledGraphIsNotAskedAgainForAnybody() throws Exception {
        ProxyFixture fixture = start("");
        Awaitility.await().atMost(BOUND).until(() -> graph.requests() == EXAMINATION);
        graph.answerAll(aResponse().withStatus(429).withHeader("Retry-After", "600"));

        for (CastMember caller : List.of(DemoCast.ENGINEER, DemoCast.ANALYST, DemoCast.ENGINEER)) {
            silent(caller);
        }

        assertThat(graph.lookUps()).isOne();
        assertThat(fixture.admin("/health").body()).contains("\"groups entra\"", "429");
    }

    @Test
    void aSlowGraphDelaysARequestForABoundedTimeAndTheNextNotAtAll() throws Exception {
        graph.answer(DemoCast.ENGINEER.id(), FakeGraph.json("{}").withFixedDelay(8_000));
        start("      answers:\n        wait: 200ms\n");

        assertThat(silent(DemoCast.ENGINEER).statusCode()).isEqualTo(503);
        assertThat(silent(DemoCast.ENGINEER).statusCode()).isEqualTo(503);

        assertThat(graph.lookUps()).isOne();
    }

    @Test
    void lastGoodGroupsAreUsedWhileGraphIsDownAndMarkedAsOld() throws Exception {
        graph.tell(DemoCast.ENGINEER.id(), DemoCast.DATA_ENGINEERS);
        start("      answers:\n        fresh: 1s\n");
        assertThat(silent(DemoCast.ENGINEER).statusCode()).isEqualTo(200);
        graph.answerAll(aResponse().withStatus(500));

        Awaitility.await()
                .atMost(BOUND)
                .untilAsserted(
                        () -> {
                            HttpResponse<String> answer = silent(DemoCast.ENGINEER);
                            assertThat(answer.statusCode()).isEqualTo(200);
                            assertThat(decided(answer).at("/caller/groups/degraded").asBoolean())
                                    .isTrue();
                        });
        graph.answerAsBefore();

        Awaitility.await()
                .atMost(BOUND)
                .until(
                        () ->
                                decided(silent(DemoCast.ENGINEER))
                                        .at("/caller/groups/degraded")
                                        .isMissingNode());
    }

    @Test
    void aMembershipThatEndedInTheDirectoryEndsHere() throws Exception {
        graph.tell(DemoCast.ENGINEER.id(), DemoCast.DATA_ENGINEERS);
        start("      answers:\n        fresh: 1s\n");
        assertThat(silent(DemoCast.ENGINEER).statusCode()).isEqualTo(200);

        graph.tell(DemoCast.ENGINEER.id());

        Awaitility.await().atMost(BOUND).until(() -> silent(DemoCast.ENGINEER).statusCode() == 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"names", "names_and_groups", "hasgroups"})
    void overageInAnyFormIsAskedForAndTheAddressInTheTokenIsNot(String form) throws Exception {
        graph.tell(DemoCast.ENGINEER.id(), DemoCast.DATA_ENGINEERS);
        ProxyFixture fixture = start("");
        try (FakeGraph elsewhere = FakeGraph.start()) {
            elsewhere.tell(DemoCast.ANALYST.id(), DemoCast.DATA_ENGINEERS);

            HttpResponse<String> member =
                    send(token(DemoCast.ENGINEER, overage(form, elsewhere, DemoCast.ENGINEER)));
            HttpResponse<String> liar =
                    fixture.send(
                            fixture.request(
                                    token(
                                            DemoCast.ANALYST,
                                            overage(form, elsewhere, DemoCast.ANALYST)),
                                    "PUT",
                                    "/pipelines/x",
                                    Optional.of("{}")));

            assertThat(member.statusCode()).as(member.body()).isEqualTo(200);
            assertThat(liar.statusCode()).as(liar.body()).isEqualTo(503);
            assertThat(elsewhere.requests()).isZero();
        }
    }

    private static Map<String, Object> overage(
            String form, FakeGraph elsewhere, CastMember member) {
        String endpoint =
                elsewhere.uri() + "/v1.0/users/" + member.id().objectId() + "/getMemberObjects";
        return switch (form) {
            case "names" ->
                    Map.of(
                            "_claim_names",
                            Map.of("groups", "src1"),
                            "_claim_sources",
                            Map.of("src1", Map.of("endpoint", endpoint)));
            case "names_and_groups" ->
                    Map.of(
                            "groups",
                            List.of(),
                            "_claim_names",
                            Map.of("groups", "src1"),
                            "_claim_sources",
                            Map.of("src1", Map.of("endpoint", endpoint)));
            default -> Map.of("hasgroups", true);
        };
    }

    @Test
    void manyRequestsOfOnePrincipalAskOnce() throws Exception {
        graph.tell(DemoCast.ENGINEER.id(), DemoCast.DATA_ENGINEERS);
        ProxyFixture fixture = start("");
        String token = token(DemoCast.ENGINEER, Map.of());

        List<CompletableFuture<HttpResponse<String>>> asked =
                IntStream.range(0, 30)
                        .mapToObj(
                                _ ->
                                        fixture.client()
                                                .sendAsync(
                                                        fixture.request(
                                                                token,
                                                                "GET",
                                                                "/pipelines",
                                                                Optional.empty()),
                                                        HttpResponse.BodyHandlers.ofString()))
                        .toList();

        asked.forEach(each -> assertThat(each.join().statusCode()).isEqualTo(200));
        assertThat(graph.lookUps()).isOne();
    }

    @Test
    void healthNamesTheMissingPermission() throws Exception {
        graph.answerAll(
                FakeGraph.json("{\"error\":{\"code\":\"Authorization_RequestDenied\"}}")
                        .withStatus(403));

        ProxyFixture fixture = start("");

        Awaitility.await()
                .atMost(BOUND)
                .untilAsserted(
                        () ->
                                assertThat(fixture.admin("/health").body())
                                        .contains("GroupMember.Read.All (application) is missing")
                                        .contains("User.Read.All (application) is missing"));
        assertThat(fixture.admin("/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aReloadKeepsWhatIsKnownUnlessTheDirectoryChanges() throws Exception {
        graph.tell(DemoCast.ENGINEER.id(), DemoCast.DATA_ENGINEERS);
        ProxyFixture fixture = start("");
        silent(DemoCast.ENGINEER);

        fixture.edit(
                "stagedoor.yaml", yaml -> yaml.replace("poll_interval: 5s", "poll_interval: 6s"));
        awaitReloads(fixture, 1);
        silent(DemoCast.ENGINEER);
        assertThat(graph.lookUps()).isOne();
        fixture.edit("stagedoor.yaml", yaml -> yaml + "      answers:\n        fresh: 2m\n");
        awaitReloads(fixture, 2);

        assertThat(silent(DemoCast.ENGINEER).statusCode()).isEqualTo(200);
        assertThat(graph.lookUps()).isEqualTo(2);
    }

    private static void awaitReloads(ProxyFixture fixture, int count) {
        Awaitility.await()
                .atMost(BOUND)
                .until(
                        () ->
                                fixture.admin("/metrics")
                                        .body()
                                        .contains(
                                                "stagedoor_config_reload_total{result=\"applied\"} "
                                                        + count));
    }

    /** Sends a request with a token that does not tell its groups. */
    private HttpResponse<String> silent(CastMember caller) throws Exception {
        return send(token(caller, Map.of()));
    }

    private HttpResponse<String> send(String token) throws Exception {
        return send(token, "/pipelines");
    }

    private HttpResponse<String> send(String token, String path) throws Exception {
        ProxyFixture fixture = started.orElseThrow();
        return fixture.send(fixture.request(token, "GET", path, Optional.empty()));
    }

    private String token(CastMember caller, Map<String, Object> further) {
        Map<String, Object> claims = new HashMap<>(caller.claims(DemoCast.AUDIENCE));
        claims.remove("groups");
        claims.putAll(further);
        return started.orElseThrow().scenery().issuer().mint(claims, Duration.ofHours(1));
    }

    private JsonNode decided(HttpResponse<String> answer) {
        String id = answer.headers().firstValue("x-stagedoor-decision-id").orElseThrow();
        return Awaitility.await()
                .atMost(BOUND)
                .until(
                        () ->
                                JournalReading.ofRequest(started.orElseThrow().journalFolder(), id)
                                        .stream()
                                        .filter(
                                                record ->
                                                        record.at("/phase")
                                                                .asText()
                                                                .equals("decided"))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
