package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that start runs: recorded first, sent once, and never answered so that they are sent again. */
class RunStartIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RUN = "/pipelines/nightly/createRun";

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = ProxyFixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void decisionIsOnDiskBeforeTheFirstOctetGoesUpstream() throws Exception {
        List<JsonNode> onDisk = new CopyOnWriteArrayList<>();
        fixture.workspace()
                .replyOnce(
                        seen -> isRun(seen) && onDisk.addAll(recordsOf(seen)),
                        Answer.json(202, "{\"runId\":\"8b35ed2c-152b-11ec-9ae6-b07b25181c2a\"}"));

        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "POST", RUN);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(onDisk).hasSize(1);
        assertThat(onDisk.getFirst().at("/phase").asText()).isEqualTo("decided");
        assertThat(onDisk.getFirst().at("/decision/verdict").asText()).isEqualTo("permit");
    }

    @Test
    void outcomeWithItsRunIdIsOnDiskBeforeTheClientIsTold() throws Exception {
        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "POST", RUN);

        List<JsonNode> records =
                JournalReading.ofRequest(fixture.journalFolder(), decisionOf(answer));
        String runId = JSON.readTree(answer.body()).at("/runId").asText();
        assertThat(records).hasSize(2);
        assertThat(records.get(1).at("/phase").asText()).isEqualTo("completed");
        assertThat(records.get(1).at("/jobs/0/id").asText()).isEqualTo(runId);
        assertThat(records.get(1).at("/upstream/status").asInt()).isEqualTo(202);
    }

    @Test
    void retryWithTheSameClientIdGetsTheFirstAnswerAndStartsNothing() throws Exception {
        HttpRequest request = runWithId(UUID.randomUUID().toString());

        HttpResponse<String> first = fixture.send(request);
        HttpResponse<String> second = fixture.send(request);

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(decisionOf(second)).isNotEqualTo(decisionOf(first));
        assertThat(second.headers().firstValue("X-Stagedoor-Repeats")).contains(decisionOf(first));
        assertThat(runsSeen()).isEqualTo(1);
        JsonNode repetition =
                Awaitility.await().until(() -> completedOf(second), one -> one.has("outcome"));
        assertThat(repetition.at("/outcome").asText()).isEqualTo("repeated");
        assertThat(repetition.at("/jobs/0/role").asText()).isEqualTo("touched");
        assertThat(first.body()).contains(repetition.at("/jobs/0/id").asText());
    }

    @Test
    void retriesThatComeAtTheSameTimeStartOneRun() {
        HttpRequest request = runWithId(UUID.randomUUID().toString());
        fixture.workspace().answerAfter(Duration.ofMillis(200));

        List<CompletableFuture<HttpResponse<String>>> answers =
                Stream.generate(
                                () ->
                                        fixture.client()
                                                .sendAsync(
                                                        request,
                                                        HttpResponse.BodyHandlers.ofString()))
                        .limit(8)
                        .toList();

        assertThat(answers.stream().map(CompletableFuture::join).map(HttpResponse::body).distinct())
                .hasSize(1);
        assertThat(runsSeen()).isEqualTo(1);
    }

    @Test
    void anotherCallersSameClientIdIsAnotherRun() throws Exception {
        String id = UUID.randomUUID().toString();

        fixture.send(runWithId(id));
        HttpRequest agents =
                fixture.request(
                        fixture.scenery().token(DemoCast.AGENT),
                        "POST",
                        RUN,
                        Optional.empty(),
                        "x-ms-client-request-id",
                        id);
        fixture.send(agents);

        assertThat(runsSeen()).isEqualTo(2);
    }

    @Test
    void lostAnswerIsToldWithAStatusThatNoClientRetries() throws Exception {
        fixture.workspace().replyOnce(RunStartIT::isRun, new Reply.Dropped());
        HttpRequest request = runWithId(UUID.randomUUID().toString());

        HttpResponse<String> answer = fixture.send(request);
        HttpResponse<String> again = fixture.send(request);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("outcome_unknown");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(runsSeen()).isEqualTo(1);
        assertThat(completedOf(answer).at("/outcome").asText()).isEqualTo("unknown");
    }

    @Test
    void callThatTheServiceRefusedMayBeMadeAgain() throws Exception {
        fixture.workspace()
                .replyOnce(
                        RunStartIT::isRun,
                        Answer.json(429, "{\"error\":{\"code\":\"TooMany\",\"message\":\"wait\"}}")
                                .with("Retry-After", "1"));
        HttpRequest request = runWithId(UUID.randomUUID().toString());

        HttpResponse<String> throttled = fixture.send(request);
        HttpResponse<String> again = fixture.send(request);

        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("1");
        assertThat(again.statusCode()).isEqualTo(202);
    }

    @Test
    void serviceThatIsDownIsToldAs502AndTheRetryIsAFirstCall() throws Exception {
        HttpRequest request = runWithId(UUID.randomUUID().toString());
        fixture.workspace().close();

        HttpResponse<String> answer = fixture.send(request);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("upstream_unreachable");
        assertThat(fixture.send(request).statusCode()).isEqualTo(502);
        assertThat(completedOf(answer).at("/outcome").asText()).isEqualTo("unreachable");
    }

    @Test
    void refusedCredentialIsAcquiredAnewAndTheClientIsToldToTryAgain() throws Exception {
        fixture.workspace().acceptOnly("another");

        HttpResponse<String> answer = fixture.send(DemoCast.ENGINEER, "POST", RUN);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("credential_unavailable");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    private HttpRequest runWithId(String id) {
        return fixture.request(
                fixture.scenery().token(DemoCast.ENGINEER),
                "POST",
                RUN,
                Optional.empty(),
                "x-ms-client-request-id",
                id);
    }

    private static boolean isRun(SeenRequest seen) {
        return seen.path().endsWith("/createRun");
    }

    private int runsSeen() {
        return fixture.workspace().requests(RunStartIT::isRun).size();
    }

    private List<JsonNode> recordsOf(SeenRequest seen) {
        String decision = seen.field("X-Stagedoor-Decision-Id").orElseThrow();
        return JournalReading.ofRequest(fixture.journalFolder(), decision);
    }

    private JsonNode completedOf(HttpResponse<String> answer) {
        return JournalReading.ofRequest(fixture.journalFolder(), decisionOf(answer)).getLast();
    }

    private static String decisionOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow();
    }
}
