package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.JobIdRule;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdReaderTest {

    private static final String RUN = "8b35ed2c-152b-11ec-9ae6-b07b25181c2a";
    private static final String OTHER = "11111111-152b-11ec-9ae6-b07b25181c2a";

    @Test
    void readsTheRunThatACreateRunStarted() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("Pipeline_CreatePipelineRun", "daily"),
                        "/pipelines/daily/createRun",
                        Fields.none(),
                        "{\"runId\":\"{8B35ED2C-152B-11EC-9AE6-B07B25181C2A}\"}");

        assertThat(ids.jobs()).containsExactly(job("pipelineRun", RUN));
        assertThat(ids.edges()).isEmpty();
        assertThat(ids.truncated()).isFalse();
    }

    @Test
    void linksARerunToTheRunItRepeats() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("Pipeline_CreatePipelineRun", "daily"),
                        "/pipelines/daily/createRun?referencePipelineRunId=" + OTHER,
                        Fields.none(),
                        "{\"runId\":\"" + RUN + "\"}");

        assertThat(ids.edges())
                .containsExactly(
                        new JobIds.Edge(job("pipelineRun", OTHER), job("pipelineRun", RUN)));
    }

    @Test
    void readsIdsOfPathsAndOfLocation() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("Pipeline_CreateOrUpdatePipeline", "daily"),
                        "/pipelines/daily",
                        Fields.of(
                                "Location",
                                "https://w.example/operationResults/" + RUN + "?api-version=1"),
                        "{\"operationId\":\"" + RUN + "\",\"id\":\"x\"}");

        assertThat(ids.jobs()).containsExactly(job("operation", RUN));
        assertThat(ids.mentions()).hasSize(2);
    }

    @Test
    void qualifiesLivyIdsByTheirPool() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("SparkBatch_CreateSparkBatchJob", "v1", "pool1"),
                        "/livyApi/versions/v1/sparkPools/pool1/batches",
                        Fields.of("x-ms-job-internal-id", "7"),
                        "{\"id\":7,\"appId\":\"application_1_2\",\"state\":\"running\"}");

        JobId batch = job("livyBatch", "7", "pool1");
        assertThat(ids.jobs()).contains(batch, job("sparkApplication", "application_1_2"));
        assertThat(ids.edges())
                .contains(new JobIds.Edge(batch, job("sparkApplication", "application_1_2")));
        assertThat(batch.pool()).contains("pool1");
        assertThat(batch.idInPool()).isEqualTo("7");
    }

    @Test
    void qualifiesStatementsByPoolAndSession() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("SparkSession_CreateSparkStatement", "v1", "pool1", "12"),
                        "/livyApi/versions/v1/sparkPools/pool1/sessions/12/statements",
                        Fields.none(),
                        "{\"id\":0}");

        JobId statement = job("livyStatement", "0", "pool1", "12");
        assertThat(ids.edges())
                .containsExactly(new JobIds.Edge(job("livySession", "12", "pool1"), statement));
        assertThat(statement.idInPool()).isEqualTo("12/0");
    }

    @Test
    void linksOnlyIdsOfTheSameElement() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("TriggerRun_QueryTriggerRunsByWorkspace"),
                        "/queryTriggerRuns",
                        Fields.none(),
                        """
                        {"value":[
                          {"triggerRunId":"t1","triggeredPipelines":{"a":"r1","b":"r2"}},
                          {"triggeredPipelines":{"c":"r3"},"triggerRunId":"t2"},
                          {"triggerRunId":"t3","triggeredPipelines":{}}],
                         "continuationToken":null}
                        """);

        assertThat(ids.edges())
                .containsExactlyInAnyOrder(
                        new JobIds.Edge(job("triggerRun", "t1"), job("pipelineRun", "r1")),
                        new JobIds.Edge(job("triggerRun", "t1"), job("pipelineRun", "r2")),
                        new JobIds.Edge(job("triggerRun", "t2"), job("pipelineRun", "r3")));
    }

    @Test
    void qualifiesEachElementByItsOwnPool() throws RefusedException {
        JobIdRule rule =
                Operations.named("Monitoring_GetSparkJobList").traits().jobIds().stream()
                        .filter(one -> one.kind().startsWith("livy"))
                        .findFirst()
                        .orElseThrow();
        String pool =
                rule.within().stream().filter(part -> part.contains("/")).findFirst().orElseThrow();
        String name = pool.substring(pool.lastIndexOf('/') + 1);

        JobIds ids =
                exchange(
                        Operations.bound("Monitoring_GetSparkJobList"),
                        "/monitoring/workloadTypes/spark/Applications",
                        Fields.none(),
                        """
                        {"sparkJobs":[{"livyId":"1","POOL":"p1"},{"POOL":"p2","livyId":"1"},
                         {"livyId":"2"}]}"""
                                .replace("POOL", name));

        assertThat(ids.at(rule))
                .extracting(JobId::within)
                .containsExactly(List.of("p1"), List.of("p2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "\"x\"",
                "[]",
                "{}",
                "{\"runId\":null}",
                "{\"runId\":\"\"}",
                "{\"runId\":\" \"}",
                "{\"runId\":-1}",
                "{\"runId\":\"-1\"}",
                "{\"runId\":1.5}",
                "{\"runId\":true}",
                "{\"runId\":{\"runId\":\"x\"}}",
                "{\"runId\":[\"x\"]}",
                "{\"runId\":\"a/b\"}",
                "{\"runId\":\"a\\u0000b\"}",
                "{\"value\":[{\"runId\":\"x\"}]}",
            })
    void leavesOutWhatIsNoId(String body) throws RefusedException {
        assertThat(createRun(body).jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>", "{\"a\"", "{]", "{\"runId\":\"\\x\"}", "\u0000", "{\"a\":01}"})
    void neverFailsTheExchangeOverABrokenBody(String body) throws RefusedException {
        assertThat(createRun(body).jobs()).isEmpty();
    }

    @Test
    void keepsWhatItReadBeforeABodyBroke() throws RefusedException {
        JobIds ids = createRun("{\"runId\":\"" + RUN + "\",<<<");

        assertThat(ids.jobs()).containsExactly(job("pipelineRun", RUN));
        assertThat(ids.truncated()).isTrue();
    }

    @Test
    void boundsTheOctetsItLooksAt() throws RefusedException {
        String late = "{\"pad\":\"" + "x".repeat(100) + "\",\"runId\":\"" + RUN + "\"}";
        JobIdReader reader =
                new JobIdReader(Operations.bound("Pipeline_CreatePipelineRun", "daily"), 64);

        reader.responseBody(buffer(late));
        reader.responseBody(buffer(late));
        JobIds ids = reader.finish();

        assertThat(ids.jobs()).isEmpty();
        assertThat(ids.truncated()).isTrue();
    }

    @Test
    void boundsTheIdsOfAList() throws RefusedException {
        String body =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "{\"runId\":\"r" + i + "\"}")
                        .collect(Collectors.joining(",", "{\"value\":[", "]}"));

        JobIds ids =
                exchange(
                        Operations.bound("PipelineRun_QueryPipelineRunsByWorkspace"),
                        "/queryPipelineRuns",
                        Fields.none(),
                        body);

        assertThat(ids.jobs()).hasSize(JobIdReader.MOST_IDS);
        assertThat(ids.truncated()).isTrue();
    }

    @Test
    void readsNoCodedBodyAndSaysSo() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("Pipeline_CreatePipelineRun", "daily"),
                        "/pipelines/daily/createRun",
                        Fields.of("Content-Encoding", "gzip"),
                        "{\"runId\":\"" + RUN + "\"}");

        assertThat(ids.jobs()).isEmpty();
        assertThat(ids.truncated()).isTrue();
    }

    @Test
    void readsNoIdOffAFailure() {
        JobIdReader reader =
                new JobIdReader(Operations.bound("Pipeline_CreatePipelineRun", "daily"), 1024);

        reader.response(new ResponseHead(409, Fields.none()));
        reader.responseBody(buffer("{\"runId\":\"r\"}"));

        assertThat(reader.finish()).isEqualTo(new JobIds(List.of(), List.of(), false));
    }

    @Test
    void findsTheSameIdsHoweverTheBodyIsCut() throws RefusedException {
        String body =
                """
                {"value":[{"triggerRunId":"t\\u00e91","triggeredPipelines":{"日本":"r1","b":"r2"}},
                {"a":[1,[2,{"triggerRunId":"no"}]],"triggerRunId":"t2"}],"n":-1.5e3}""";
        BoundOperation operation = Operations.bound("TriggerRun_QueryTriggerRunsByWorkspace");
        JobIds whole = exchange(operation, "/queryTriggerRuns", Fields.none(), body);
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);

        for (int round = 0; round < 300; round++) {
            JobIdReader reader = new JobIdReader(operation, JobIdReader.DEFAULT_LIMIT);
            int at = 0;
            while (at < octets.length) {
                int length = Math.min(random.nextInt(1, 9), octets.length - at);
                reader.responseBody(ByteBuffer.wrap(octets, at, length));
                at += length;
            }
            assertThat(reader.finish()).isEqualTo(whole);
        }
        assertThat(whole.jobs()).hasSize(4);
    }

    @Test
    void leavesTheBufferAsItIs() {
        JobIdReader reader =
                new JobIdReader(Operations.bound("Pipeline_CreatePipelineRun", "daily"), 1024);
        ByteBuffer piece = buffer("xx{\"runId\":\"r\"}").position(2);

        reader.responseBody(piece);

        assertThat(piece.position()).isEqualTo(2);
        assertThat(reader.finish().jobs()).containsExactly(job("pipelineRun", "r"));
    }

    @Test
    void readsIdsOfTheRequestsBody() throws RefusedException {
        BoundOperation operation =
                Operations.bound("DataFlowDebugSession_DeleteDataFlowDebugSession");
        JobIdReader reader = new JobIdReader(operation, 1024);

        reader.request(head("/deleteDataFlowDebugSession"));
        reader.requestBody(buffer("{\"sessionId\":\"" + RUN + "\"}"));

        assertThat(reader.finish().jobs()).containsExactly(job("dataFlowDebugSession", RUN));
    }

    @Test
    void tellsAChosenIdBeforeAnythingIsSent() throws RefusedException {
        BoundOperation operation =
                Operations.withResources(
                        "RunNotebook_CreateRun", Map.of("pool", "pool1"), "My Run 1");
        JobIdRule claimed = operation.operation().traits().ownership().orElseThrow().id();
        JobIdReader reader = new JobIdReader(operation, 1024);

        reader.request(head("/notebooks/runs/My%20Run%201"));

        assertThat(reader.foundAt(claimed)).containsExactly(job("notebookRun", "My Run 1"));
    }

    @Test
    void keepsNoIdWhosePoolIsNotKnown() throws RefusedException {
        JobIds ids =
                exchange(
                        Operations.bound("SparkJobDefinition_ExecuteSparkJobDefinition", "d"),
                        "/sparkJobDefinitions/d/execute",
                        Fields.none(),
                        "{\"id\":7,\"appId\":\"application_1_2\"}");

        assertThat(ids.jobs()).containsExactly(job("sparkApplication", "application_1_2"));
        assertThat(ids.edges()).isEmpty();
    }

    @Test
    void readsEveryOperationOfTheCatalogueWithoutFault() throws RefusedException {
        for (var operation : Operations.CATALOGUE.operations()) {
            String[] values =
                    operation.path().parameters().stream().map(_ -> "v").toArray(String[]::new);
            BoundOperation bound = Operations.bound(operation.name(), values);

            JobIds ids =
                    exchange(
                            bound,
                            "/x",
                            Fields.of("Location", "/y/z"),
                            "{\"id\":1,\"runId\":\"r\"}");

            long inPath =
                    operation.traits().jobIds().stream()
                            .filter(rule -> rule.where() == JobIdRule.Where.PATH)
                            .count();
            assertThat(ids.mentions())
                    .as(operation.name())
                    .hasSizeGreaterThanOrEqualTo((int) inPath);
        }
    }

    private static JobIds createRun(String body) throws RefusedException {
        return exchange(
                Operations.bound("Pipeline_CreatePipelineRun", "daily"),
                "/pipelines/daily/createRun",
                Fields.none(),
                body);
    }

    private static JobIds exchange(
            BoundOperation operation, String target, Fields responseFields, String body)
            throws RefusedException {
        JobIdReader reader = new JobIdReader(operation, JobIdReader.DEFAULT_LIMIT);
        reader.request(head(target));
        reader.response(new ResponseHead(202, responseFields));
        reader.responseBody(buffer(body));
        return reader.finish();
    }

    private static RequestHead head(String target) throws RefusedException {
        return RequestHead.parse("POST", target, Fields.of("Host", "h"));
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JobId job(String kind, String id, String... within) {
        return new JobId(Platform.SYNAPSE, "ws1", kind, List.of(within), id);
    }
}
