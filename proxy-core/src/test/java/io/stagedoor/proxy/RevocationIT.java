package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.Faucet;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An answer under way ends when the right to it has gone, and the record says why. */
class RevocationIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final CastMember READER = member("reader", "c7");
    private static final CastMember WRITER = member("writer", "c8");

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
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace(
                                                "poll_interval: 5s",
                                                "poll_interval: 5s\n      max_age: 10s")
                                        .replace("    keys:", "    clock_skew: 0s\n    keys:")
                                        .concat("  recheck_interval: 100ms\n"));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void removedAssignmentEndsADownloadAndSparesTheOthers() throws Exception {
        String assignment = assign("Synapse Artifact User", READER);
        awaitStatus(READER, "/pipelines/nightly", 200);
        Faucet ending = new Faucet();
        Faucet lasting = new Faucet();
        HttpResponse<InputStream> revoked = open(READER, "GET", "/pipelines/weekly", ending);
        HttpResponse<InputStream> spared =
                open(DemoCast.ANALYST, "GET", "/pipelines/backfill", lasting);
        ending.drip("first");
        lasting.drip("first");
        assertThat(revoked.body().readNBytes(5)).asString().isEqualTo("first");
        assertThat(spared.body().readNBytes(5)).asString().isEqualTo("first");

        fixture.workspace().unassign(assignment);

        assertThatThrownBy(() -> untilCut(revoked)).isInstanceOf(IOException.class);
        JsonNode record = completed(revoked);
        assertThat(record.at("/outcome").asText()).isEqualTo("revoked");
        assertThat(record.at("/reason").asText()).isEqualTo("not_permitted");
        lasting.drip(" last");
        lasting.close();
        assertThat(spared.body().readAllBytes()).asString().isEqualTo(" last");
        assertThat(completed(spared).at("/outcome").asText()).isEqualTo("answered");
        ending.close();
    }

    @Test
    void expiryOfTheTokenEndsADownload() throws Exception {
        Faucet faucet = new Faucet();
        String token = shortLived(DemoCast.ANALYST);

        HttpResponse<InputStream> answer = open(token, "GET", "/pipelines/nightly", faucet);

        assertThatThrownBy(() -> untilCut(answer)).isInstanceOf(IOException.class);
        assertThat(completed(answer).at("/outcome").asText()).isEqualTo("revoked");
        assertThat(completed(answer).at("/reason").asText()).isEqualTo("token_expired");
        faucet.close();
    }

    @Test
    void expiryAloneDoesNotCutARequestThatChangesState() throws Exception {
        Faucet faucet = new Faucet();
        String token = shortLived(DemoCast.ENGINEER);
        CompletableFuture<HttpResponse<InputStream>> asked =
                openLater(token, "POST", "/pipelines/nightly/createRun", faucet);
        faucet.drip("{\"runId\":");

        awaitRefusal(token, "/pipelines/nightly");
        sweepsPass();
        faucet.drip("\"1\"}");
        faucet.close();

        HttpResponse<InputStream> answer = asked.join();
        assertThat(answer.body().readAllBytes()).asString().isEqualTo("{\"runId\":\"1\"}");
        assertThat(completed(answer).at("/outcome").asText()).isEqualTo("answered");
        assertThat(completed(answer).has("reason")).isFalse();
    }

    @Test
    void answerToAStateChangeIsHeardToItsEndAfterTheClientWasCutOff() throws Exception {
        String assignment = assign("Synapse Administrator", WRITER);
        awaitStatus(WRITER, "/pipelines/nightly", 200);
        Faucet faucet = new Faucet();
        CompletableFuture<HttpResponse<InputStream>> asked =
                openLater(
                        fixture.scenery().token(WRITER),
                        "POST",
                        "/pipelines/weekly/createRun",
                        faucet);
        faucet.drip("{\"runId\":");
        awaitSeen("/pipelines/weekly/createRun");

        fixture.workspace().unassign(assignment);

        assertThatThrownBy(asked::join).hasCauseInstanceOf(IOException.class);
        faucet.drip("\"heard-on\"}");
        faucet.close();
        Awaitility.await().atMost(BOUND).untilAsserted(() -> assertRecordedAsHeard("heard-on"));
    }

    @Test
    void knowledgeThatIsTooOldEndsADownload() throws Exception {
        try (ProxyFixture own =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace(
                                                "poll_interval: 5s",
                                                "poll_interval: 5s\n      max_age: 10s")
                                        .concat("  recheck_interval: 100ms\n"))) {
            Faucet faucet = new Faucet();
            own.workspace()
                    .replyOnce(seen -> seen.path().equals("/pipelines/nightly"), faucet.reply(200));
            HttpResponse<InputStream> answer =
                    own.client()
                            .send(
                                    own.request(
                                            own.scenery().token(DemoCast.ANALYST),
                                            "GET",
                                            "/pipelines/nightly",
                                            Optional.empty()),
                                    BodyHandlers.ofInputStream());

            own.workspace().acceptOnly("another");

            assertThatThrownBy(() -> untilCut(answer)).isInstanceOf(IOException.class);
            JsonNode record = completed(own, answer);
            assertThat(record.at("/reason").asText()).isEqualTo("stale_snapshot");
            faucet.close();
        }
    }

    private static String assign(String role, CastMember member) {
        return fixture.workspace()
                .assign(
                        BuiltInRoles.byName(role).orElseThrow().id(),
                        member.id().objectId(),
                        "workspaces/" + DemoCast.WORKSPACE);
    }

    private static String shortLived(CastMember member) {
        return fixture.scenery()
                .issuer()
                .mint(member.claims(DemoCast.AUDIENCE), Duration.ofSeconds(2));
    }

    private static HttpResponse<InputStream> open(
            CastMember caller, String method, String path, Faucet faucet) {
        return open(fixture.scenery().token(caller), method, path, faucet);
    }

    private static HttpResponse<InputStream> open(
            String token, String method, String path, Faucet faucet) {
        HttpResponse<InputStream> answer = openLater(token, method, path, faucet).join();
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static CompletableFuture<HttpResponse<InputStream>> openLater(
            String token, String method, String path, Faucet faucet) {
        fixture.workspace().replyOnce(seen -> seen.path().equals(path), faucet.reply(200));
        return fixture.client()
                .sendAsync(
                        fixture.request(token, method, path, Optional.empty()),
                        BodyHandlers.ofInputStream());
    }

    private static void awaitSeen(String path) {
        Awaitility.await()
                .atMost(BOUND)
                .until(
                        () ->
                                !fixture.workspace()
                                        .requests(seen -> seen.path().equals(path))
                                        .isEmpty());
    }

    private static void awaitStatus(CastMember caller, String path, int status) {
        Awaitility.await()
                .atMost(BOUND)
                .until(() -> fixture.send(caller, "GET", path).statusCode() == status);
    }

    private static void awaitRefusal(String token, String path) {
        Awaitility.await()
                .atMost(BOUND)
                .until(
                        () ->
                                fixture.send(fixture.request(token, "GET", path, Optional.empty()))
                                                .statusCode()
                                        == 401);
    }

    /** Lets another stream with the same kind of fault be ended, so that sweeps have been there. */
    private static void sweepsPass() throws IOException {
        Faucet other = new Faucet();
        HttpResponse<InputStream> answer =
                open(shortLived(DemoCast.ANALYST), "GET", "/pipelines/backfill", other);
        assertThatThrownBy(() -> untilCut(answer)).isInstanceOf(IOException.class);
        other.close();
    }

    private static byte[] untilCut(HttpResponse<InputStream> answer) throws IOException {
        return answer.body().readAllBytes();
    }

    private static void assertRecordedAsHeard(String run) {
        List<JsonNode> heard =
                JournalReading.records(fixture.journalFolder()).stream()
                        .filter(record -> record.at("/phase").asText().equals("completed"))
                        .filter(record -> record.at("/jobs").toString().contains(run))
                        .toList();
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().at("/outcome").asText()).isEqualTo("answered");
        assertThat(heard.getFirst().at("/reason").asText()).isEqualTo("not_permitted");
    }

    private static JsonNode completed(HttpResponse<?> answer) {
        return completed(fixture, answer);
    }

    private static JsonNode completed(ProxyFixture of, HttpResponse<?> answer) {
        String id = answer.headers().firstValue("x-stagedoor-decision-id").orElseThrow();
        return Awaitility.await()
                .atMost(BOUND)
                .until(
                        () ->
                                JournalReading.ofRequest(of.journalFolder(), id).stream()
                                        .filter(r -> r.at("/phase").asText().equals("completed"))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
