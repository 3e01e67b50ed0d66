package io.stagedoor.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.print.AuditPrinter;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.audit.search.Exchange;
import io.stagedoor.proxy.audit.search.JobAnswer;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.NightlyStory;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import io.stagedoor.proxy.body.JobIdReader;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.http.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night over three platforms, as the answers to clients' calls showed it: a factory's trigger runs
 * a pipeline, which runs another and one of a workspace; that one runs a notebook, a batch and two
 * web activities, which refresh Tableau content.
 */
class JobTreeTest {

    private static final String R1 = "00000000-0000-4000-8000-0000000000a1";
    private static final String R2 = "00000000-0000-4000-8000-0000000000a2";
    private static final String A1 = "00000000-0000-4000-8000-0000000000b1";
    private static final String A2 = "00000000-0000-4000-8000-0000000000b2";
    private static final String S1 = "00000000-0000-4000-8000-0000000000c1";
    private static final String S2 = "00000000-0000-4000-8000-0000000000c2";
    private static final String B1 = "00000000-0000-4000-8000-0000000000d1";
    private static final String B2 = "00000000-0000-4000-8000-0000000000d2";
    private static final String B3 = "00000000-0000-4000-8000-0000000000d3";
    private static final String B4 = "00000000-0000-4000-8000-0000000000d4";
    private static final String N1 = "00000000-0000-4000-8000-0000000000e1";
    private static final String J1 = "00000000-0000-4000-8000-0000000000f1";
    private static final String J2 = "00000000-0000-4000-8000-0000000000f2";
    private static final String FLOW_RUN = "00000000-0000-4000-8000-0000000000f3";

    @TempDir Path directory;

    private int calls;

    @Test
    void theWholeTreeIsFoundFromEachOfItsIds() throws Exception {
        tell();

        try (AuditQueries queries = queries()) {
            JobAnswer.Story first = story(queries, R1);
            List<JobKey> all = first.graph().jobs();
            assertThat(new TreeSet<>(all.stream().map(JobKey::text).toList()))
                    .containsExactly(NAMES.lines().sorted().toArray(String[]::new));
            List<String> asked = new ArrayList<>(all.stream().map(JobKey::text).toList());
            asked.add("synapse:ws1/pool/small/livyBatchOrSession/7");
            asked.add("tableau:*/job/" + J2);
            asked.addAll(List.of("7", J1.toUpperCase(Locale.ROOT), "{" + A1 + "}", "08585"));
            for (String job : asked) {
                JobAnswer.Story story = story(queries, job);
                assertThat(story.graph().complete()).isTrue();
                assertThat(story.graph().jobs()).containsExactlyInAnyOrderElementsOf(all);
                assertThat(story.graph().edges())
                        .containsExactlyInAnyOrderElementsOf(first.graph().edges());
                assertThat(tree(story)).as("asked for %s", job).isEqualTo(TREE);
                assertThat(story.exchanges())
                        .extracting(Exchange::who)
                        .contains("ada@contoso.example");
                assertThat(AuditPrinter.json().job(story)).contains(all.getLast().text());
            }
        }
    }

    @Test
    void anIdThatWasSeenInAnotherSystemIsOneJobWithThatOfItsService() throws Exception {
        tell();

        try (AuditQueries queries = queries()) {
            JobAnswer.Story story = story(queries, J1);

            assertThat(story.job().text()).isEqualTo("tableau:finance/job/" + J1);
            assertThat(story.graph().jobs()).noneMatch(job -> job.workspace().equals("*"));
        }
    }

    @Test
    void anIdThatOnlyAnotherSystemSawIsFoundUnderItsPlatform() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            activities(journal, web("{\"job\":{\"id\":\"" + J1 + "\"}}", B3));
        }

        try (AuditQueries queries = queries()) {
            assertThat(story(queries, J1).graph().edges())
                    .extracting(edge -> edge.from().text() + " -> " + edge.to().text())
                    .contains("synapse:ws1/activityRun/" + B3 + " -> tableau:*/job/" + J1);
        }
    }

    @Test
    void anOutputOfAnotherKindOfActivityIsNoId() throws Exception {
        JobIds ids =
                read(
                        "PipelineRun_QueryActivityRuns",
                        Map.of("runId", S1),
                        """
                        {"value":[
                        {"activityRunId":"x1","activityType":"Lookup","output":{"job":{"id":"no"},
                         "id":7,"sparkPoolName":"small","pipelineRunId":"no"}},
                        {"activityRunId":"x2","activityType":"WebActivity","output":{"Response":
                         "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><job id='&e;'/>"}},
                        {"activityRunId":"x3","activityType":"WebActivity","output":{"Response":
                         "<job"}},
                        {"activityRunId":"x4","output":{"pipelineRunId":"no"}}]}""");

        assertThat(ids.jobs())
                .extracting(job -> job.kind() + "/" + job.id())
                .containsExactlyInAnyOrder(
                        "pipelineRun/" + S1,
                        "activityRun/x1",
                        "activityRun/x2",
                        "activityRun/x3",
                        "activityRun/x4");
    }

    private void tell() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            tellOfTheFactory(journal);
            activities(journal, notebook(), batch(), web("{\"job\":{\"id\":\"J1\"}}", B3), xml());
            tellOfTheWorkspace(journal);
            record(journal, List.of(), List.of(new JobEdge(tableau("job", J1), flowRun())));
            record(
                    journal,
                    List.of(new JobMention(JobMention.Role.STARTED, tableau("job", J2))),
                    List.of());
        }
    }

    private void tellOfTheFactory(Journal journal) throws Exception {
        factoryCall(
                journal,
                "TriggerRuns_QueryByFactory",
                Map.of(),
                """
                    {"value":[{"triggerRunId":"08585","triggeredPipelines":{"night":"R1"}}]}""");
        factoryCall(
                journal,
                "PipelineRuns_Get",
                Map.of("runId", R1),
                """
                    {"runId":"R1","runGroupId":"R1","invokedBy":{"id":"08585","name":"t",
                     "invokedByType":"ScheduleTrigger"}}""");
        factoryCall(
                journal,
                "ActivityRuns_QueryByPipelineRun",
                Map.of("runId", R1),
                """
                    {"value":[{"activityRunId":"A1","activityType":"ExecutePipeline","output":
                     {"pipelineRunId":"R2","pipelineName":"child"}},
                     {"activityRunId":"A2","activityType":"WebActivity","output":{"runId":"S1"}}]}""");
    }

    private void tellOfTheWorkspace(Journal journal) throws Exception {
        workspaceCall(
                journal,
                "Monitoring_GetSparkJobList",
                Map.of(),
                """
                    {"sparkJobs":[{"livyId":"7","compute":"small","sparkApplicationId":
                     "application_1_7"}]}""");
        workspaceCall(
                journal,
                "SparkSession_GetSparkSession",
                Map.of("sparkPoolName", "small", "sessionId", "5"),
                "{\"id\":5,\"appId\":\"application_1_5\"}");
        workspaceCall(
                journal,
                "SparkSession_GetSparkStatements",
                Map.of("sparkPoolName", "small", "sessionId", "5"),
                "{\"statements\":[{\"id\":100},{\"id\":101}]}");
        workspaceCall(
                journal,
                "PipelineRun_GetPipelineRun",
                Map.of("runId", S2),
                "{\"runId\":\"S2\",\"runGroupId\":\"S1\",\"invokedBy\":{\"id\":\"x\","
                        + "\"invokedByType\":\"Manual\"}}");
    }

    private void activities(Journal journal, String... activities) throws Exception {
        workspaceCall(
                journal,
                "PipelineRun_QueryActivityRuns",
                Map.of("runId", S1),
                "{\"value\":[" + String.join(",", activities) + "]}");
    }

    private static String notebook() {
        return """
        {"activityRunId":"B1","activityType":"SynapseNotebook","output":{"status":{"Output":
         {"result":{"runId":"N1","sessionId":5,"sparkPool":"small"}}}}}""";
    }

    private static String batch() {
        return """
        {"activityRunId":"B2","activityType":"SparkJob","output":{"id":7,"sparkPoolName":"small",
         "appId":"application_1_7"}}""";
    }

    private static String web(String output, String id) {
        return "{\"activityRunId\":\""
                + id
                + "\",\"activityType\":\"WebActivity\",\"output\":"
                + output
                + "}";
    }

    private static String xml() {
        return web(
                "{\"Response\":\"<?xml version='1.0'?><tsResponse"
                        + " xmlns='http://tableau.com/api'><job mode='Asynchronous' id='J2'"
                        + " type='RefreshExtract'/></tsResponse>\"}",
                B4);
    }

    private void factoryCall(
            Journal journal, String operation, Map<String, String> parameters, String answer)
            throws Exception {
        record(journal, bound(OperationCatalogue.dataFactory(), operation, parameters), answer);
    }

    private void workspaceCall(
            Journal journal, String operation, Map<String, String> parameters, String answer)
            throws Exception {
        record(journal, bound(OperationCatalogue.synapse(), operation, parameters), answer);
    }

    private void record(Journal journal, BoundOperation operation, String answer) throws Exception {
        JobIds ids = read(operation, answer);
        record(
                journal,
                JobRecords.mentions(
                        Optional.of(
                                new MatchedOperation(
                                        operation.operation(), operation.parameters())),
                        ids),
                JobRecords.edges(ids));
    }

    private void record(Journal journal, List<JobMention> jobs, List<JobEdge> edges)
            throws Exception {
        String id = "d-" + ++calls;
        Journals.append(journal, SomeEvents.permitted(id));
        Journals.append(journal, SomeEvents.completed(id, 200, jobs, edges));
    }

    private static JobIds read(String operation, Map<String, String> parameters, String answer)
            throws Exception {
        return read(bound(OperationCatalogue.synapse(), operation, parameters), answer);
    }

    private static JobIds read(BoundOperation operation, String answer) throws Exception {
        JobIdReader reader = new JobIdReader(operation, JobIdReader.DEFAULT_LIMIT);
        reader.request(RequestHead.parse("POST", "/any", Fields.of("Host", "h")));
        reader.response(new ResponseHead(200, Fields.none()));
        reader.responseBody(ByteBuffer.wrap(written(answer).getBytes(StandardCharsets.UTF_8)));
        return reader.finish();
    }

    /** Answers above name ids in short. */
    private static String written(String answer) {
        String text = answer;
        for (String[] id :
                new String[][] {
                    {"R1", R1},
                    {"R2", R2},
                    {"A1", A1},
                    {"A2", A2},
                    {"S1", S1},
                    {"S2", S2},
                    {"B1", B1},
                    {"B2", B2},
                    {"N1", N1},
                    {"J1", J1}
                }) {
            text = text.replace("\"" + id[0] + "\"", "\"" + id[1] + "\"");
        }
        return text.replace("'J2'", "'" + J2 + "'");
    }

    private static BoundOperation bound(
            OperationCatalogue catalogue, String name, Map<String, String> parameters) {
        Map<String, String> resources = new HashMap<>();
        Optional.ofNullable(parameters.get("sparkPoolName"))
                .ifPresent(pool -> resources.put("pool", pool));
        Optional.ofNullable(parameters.get("sessionId"))
                .ifPresent(session -> resources.put("session", session));
        boolean isFactory = catalogue == OperationCatalogue.dataFactory();
        return new BoundOperation(
                catalogue.operation(name).orElseThrow(),
                isFactory ? Scope.factory("f1") : Scope.workspace("ws1"),
                parameters,
                List.of(),
                resources);
    }

    private AuditQueries queries() throws Exception {
        return AuditQueries.open(directory, NightlyStory.steppingClock(Duration.ofSeconds(1)));
    }

    private static JobAnswer.Story story(AuditQueries queries, String asked) throws Exception {
        return (JobAnswer.Story) queries.job(asked);
    }

    /** Returns the drawn tree without the mark of the job that was asked for. */
    private static String tree(JobAnswer.Story story) {
        String text = AuditPrinter.text().job(story);
        return text.substring(text.indexOf("linked jobs\n") + "linked jobs\n".length())
                .replace("   <- asked for", "")
                .replace(R1, "R1")
                .replace(R2, "R2")
                .replace(A1, "A1")
                .replace(A2, "A2")
                .replace(S1, "S1")
                .replace(S2, "S2")
                .replace(B1, "B1")
                .replace(B2, "B2")
                .replace(B3, "B3")
                .replace(B4, "B4")
                .replace(N1, "N1")
                .replace(J1, "J1")
                .replace(J2, "J2")
                .replace(FLOW_RUN, "FR");
    }

    private static JobKey flowRun() {
        return tableau("flowRun", FLOW_RUN);
    }

    private static JobKey tableau(String kind, String id) {
        return JobKey.of("tableau", "finance", kind, id);
    }

    private static final String NAMES =
            Stream.of(
                            "data_factory:f1/triggerRun/08585",
                            "data_factory:f1/pipelineRun/" + R1,
                            "data_factory:f1/pipelineRun/" + R2,
                            "data_factory:f1/activityRun/" + A1,
                            "data_factory:f1/activityRun/" + A2,
                            "synapse:ws1/pipelineRun/" + S1,
                            "synapse:ws1/pipelineRun/" + S2,
                            "synapse:ws1/activityRun/" + B1,
                            "synapse:ws1/activityRun/" + B2,
                            "synapse:ws1/activityRun/" + B3,
                            "synapse:ws1/activityRun/" + B4,
                            "synapse:ws1/notebookRun/" + N1,
                            "synapse:ws1/pool/small/livySession/5",
                            "synapse:ws1/pool/small/livyStatement/5/100",
                            "synapse:ws1/pool/small/livyStatement/5/101",
                            "synapse:ws1/pool/small/livyBatch/7",
                            "synapse:ws1/sparkApplication/application_1_5",
                            "synapse:ws1/sparkApplication/application_1_7",
                            "tableau:finance/job/" + J1,
                            "tableau:finance/job/" + J2,
                            "tableau:finance/flowRun/" + FLOW_RUN)
                    .reduce((one, other) -> one + "\n" + other)
                    .orElseThrow();

    private static final String TREE =
            """
              triggerRun 08585, data_factory f1
              └─ pipelineRun R1, data_factory f1
                 ├─ activityRun A1, data_factory f1
                 │  └─ pipelineRun R2, data_factory f1
                 └─ activityRun A2, data_factory f1
                    └─ pipelineRun S1, synapse ws1
                       ├─ activityRun B1, synapse ws1
                       │  └─ notebookRun N1, synapse ws1
                       │     └─ livySession 5 (pool small), synapse ws1
                       │        ├─ livyStatement 5/100 (pool small), synapse ws1
                       │        ├─ livyStatement 5/101 (pool small), synapse ws1
                       │        └─ sparkApplication application_1_5, synapse ws1
                       ├─ activityRun B2, synapse ws1
                       │  └─ livyBatch 7 (pool small), synapse ws1
                       │     └─ sparkApplication application_1_7, synapse ws1
                       ├─ activityRun B3, synapse ws1
                       │  └─ job J1, tableau finance
                       │     └─ flowRun FR, tableau finance
                       ├─ activityRun B4, synapse ws1
                       │  └─ job J2, tableau finance
                       └─ pipelineRun S2, synapse ws1
            """;
}
