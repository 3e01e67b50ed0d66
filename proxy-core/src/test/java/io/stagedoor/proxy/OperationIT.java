package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.audit.verify.Verification;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The proxy in operation: health, drain, a journal that fails, knowledge that grows old. */
class OperationIT {

    @Test
    void healthNamesEveryPartAndMetricsCountExchanges() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            fixture.send(DemoCast.ENGINEER, "GET", "/pipelines");

            HttpResponse<String> health = fixture.admin("/health");
            String metrics = fixture.admin("/metrics").body();

            assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
            assertThat(health.body())
                    .contains("\"journal\"", "\"keys demo\"", "\"assignments demo\"")
                    .contains("\"credential demo\"");
            assertThat(metrics)
                    .contains("operation=\"Pipeline_GetPipelinesByWorkspace\"")
                    .contains("stagedoor_audit_writable 1.0")
                    .doesNotContain("engineer");
        }
    }

    @Test
    void drainLetsRunningExchangesEndAndTakesNoMore() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            fixture.workspace().answerAfter(Duration.ofMillis(800));
            HttpRequest request =
                    fixture.request(
                            fixture.scenery().token(DemoCast.ENGINEER),
                            "POST",
                            "/pipelines/nightly/createRun",
                            Optional.empty());
            CompletableFuture<HttpResponse<String>> running =
                    fixture.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
            Awaitility.await()
                    .until(
                            () ->
                                    !fixture.workspace()
                                            .requests(seen -> seen.path().endsWith("createRun"))
                                            .isEmpty());

            int cut = fixture.proxy().drain();

            assertThat(cut).isZero();
            assertThat(running.join().statusCode()).isEqualTo(202);
            assertThat(running.join().headers().firstValue("Connection")).contains("close");
        }
    }

    @Test
    void journalThatCannotBeWrittenRefusesWorkAndTurnsHealthRed() throws Exception {
        try (ProxyFixture fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace(
                                        "directory: audit",
                                        "directory: audit\n  segment_size: 1MiB"))) {
            Path folder = fixture.journalFolder();
            Files.move(folder, folder.resolveSibling("gone"));
            Files.writeString(folder, "no folder any more");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> burst(fixture));

            HttpResponse<String> run =
                    fixture.send(DemoCast.ENGINEER, "POST", "/pipelines/nightly/createRun");
            assertThat(run.statusCode()).isEqualTo(503);
            assertThat(run.body()).contains("journal_unavailable");
            assertThat(run.headers().firstValue("Retry-After")).isPresent();
            assertThat(fixture.admin("/health").statusCode()).isEqualTo(503);
            assertThat(fixture.admin("/ready").statusCode()).isEqualTo(503);
        }
    }

    /** Writes enough to need another segment; returns whether the journal has failed. */
    private static boolean burst(ProxyFixture fixture) {
        HttpRequest request = fixture.request("x.y.z", "GET", "/pipelines", Optional.empty());
        List<CompletableFuture<HttpResponse<String>>> answers =
                IntStream.range(0, 50)
                        .mapToObj(
                                _ ->
                                        fixture.client()
                                                .sendAsync(
                                                        request,
                                                        HttpResponse.BodyHandlers.ofString()))
                        .toList();
        answers.forEach(CompletableFuture::join);
        try {
            return fixture.admin("/health").statusCode() == 503;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void assignmentsThatCannotBeReadAnyMoreEndIn503AndNeverIn403() throws Exception {
        try (ProxyFixture fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace(
                                        "poll_interval: 5s",
                                        "poll_interval: 5s\n      max_age: 10s"))) {
            fixture.workspace().close();

            HttpResponse<String> answer =
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(20))
                            .pollInterval(Duration.ofMillis(200))
                            .until(
                                    () ->
                                            fixture.send(
                                                    DemoCast.ANALYST,
                                                    "POST",
                                                    "/pipelines/nightly/createRun"),
                                    one -> one.statusCode() != 403);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("stale_snapshot");
            assertThat(fixture.admin("/health").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void everyExchangeIsFoundByItsRunAndTheJournalVerifies() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            HttpResponse<String> started =
                    fixture.send(DemoCast.ENGINEER, "POST", "/pipelines/nightly/createRun");
            String runId = started.body().replaceAll(".*\"runId\":\"([^\"]*)\".*", "$1");
            fixture.send(DemoCast.ENGINEER, "GET", "/pipelineruns/" + runId);
            fixture.send(DemoCast.ENGINEER, "POST", "/pipelineruns/" + runId + "/cancel");
            Awaitility.await().until(() -> completedOf(fixture.journalFolder()) >= 3);

            try (AuditQueries queries =
                    AuditQueries.open(fixture.journalFolder(), InstantSource.system())) {
                String text = queries.job(runId).toString();
                Verification verification = queries.verify(Optional.empty());

                assertThat(text)
                        .contains("Pipeline_CreatePipelineRun", "PipelineRun_CancelPipelineRun")
                        .contains("PipelineRun_GetPipelineRun", "Synapse Credential User");
                assertThat(verification.isGood()).as(verification.toString()).isTrue();
            }
        }
    }

    private static long completedOf(Path folder) {
        return JournalReading.records(folder).stream()
                .map(record -> record.at("/phase"))
                .map(JsonNode::asText)
                .filter("completed"::equals)
                .count();
    }
}
