package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.JobIdRule.Where;
import io.stagedoor.policy.operation.Ownership.Rule;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Synapse catalogue says beyond requirements. */
class SynapseTraitsTest {

    private static final OperationCatalogue CATALOGUE = OperationCatalogue.synapse();

    @Test
    void marksEveryCallThatSentTwiceStartsTwoJobs() {
        assertThat(names(operation -> operation.traits().startsRun()))
                .containsExactlyInAnyOrder(
                        "Pipeline_CreatePipelineRun",
                        "TriggerRun_RerunTriggerInstance",
                        "DataFlowDebugSession_CreateDataFlowDebugSession",
                        "DataFlowDebugSession_ExecuteCommand",
                        "RunNotebook_CreateRun",
                        "SparkJobDefinition_ExecuteSparkJobDefinition",
                        "SparkJobDefinition_DebugSparkJobDefinition",
                        "SparkBatch_CreateSparkBatchJob",
                        "SparkSession_CreateSparkSession",
                        "SparkSession_CreateSparkStatement");
    }

    @Test
    void marksTheRunsOfWhatIsNamed() {
        assertThat(names(has(OperationFlag.RUNS_NAMED_RESOURCE)))
                .containsExactlyInAnyOrder(
                        "Pipeline_CreatePipelineRun",
                        "RunNotebook_CreateRun",
                        "SparkJobDefinition_ExecuteSparkJobDefinition",
                        "SparkJobDefinition_DebugSparkJobDefinition",
                        "SparkBatch_CreateSparkBatchJob",
                        "SparkSession_CreateSparkSession",
                        "SparkSession_CreateSparkStatement");
        assertThat(CATALOGUE.operations().stream().filter(has(OperationFlag.RUNS_NAMED_RESOURCE)))
                .allMatch(operation -> !operation.traits().resources().isEmpty());
    }

    @Test
    void marksTheAnswersThatWouldDescribeTheProxy() {
        assertThat(names(has(OperationFlag.NAMES_PROXY_IDENTITY)))
                .containsExactlyInAnyOrder(
                        "PipelineRun_QueryPipelineRunsByWorkspace",
                        "PipelineRun_GetPipelineRun",
                        "SparkJobDefinition_ExecuteSparkJobDefinition",
                        "SparkJobDefinition_DebugSparkJobDefinition",
                        "Monitoring_GetSparkJobList",
                        "SparkBatch_GetSparkBatchJobs",
                        "SparkBatch_CreateSparkBatchJob",
                        "SparkBatch_GetSparkBatchJob",
                        "SparkSession_GetSparkSessions",
                        "SparkSession_CreateSparkSession",
                        "SparkSession_GetSparkSession");
        assertThat(names(has(OperationFlag.LOCAL)))
                .containsExactly("RoleAssignments_GetCallerRoleAssignments(legacy)");
    }

    @Test
    void countsListsAndLongRunningCallsAsDocumented() {
        assertThat(names(has(OperationFlag.LIST))).hasSize(33);
        assertThat(names(has(OperationFlag.LONG_RUNNING))).hasSize(43);
    }

    @Test
    void expectsLocationWhereverACallRunsLongOrIsPolled() {
        assertThat(names(has(OperationFlag.LOCATION)))
                .containsAll(names(has(OperationFlag.LONG_RUNNING)))
                .contains(
                        "OperationResult_Get",
                        "OperationStatus_Get",
                        "NotebookOperationResult_Get",
                        "Library_GetOperationResult",
                        "ManagedPrivateEndpoints_Delete")
                .hasSize(49);
    }

    @Test
    void pagesByNextLinkOnlyWhereAListIsRead() {
        assertThat(names(has(OperationFlag.NEXT_LINK)))
                .hasSize(18)
                .allMatch(name -> operation(name).traits().list())
                .allMatch(name -> operation(name).method().equals("GET"))
                .doesNotContain(
                        "RoleAssignments_ListRoleAssignments",
                        "RoleDefinitions_ListRoleDefinitions");
        assertThat(names(has(OperationFlag.ENDPOINTS))).containsExactly("Workspace_Get");
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource({
        "SparkSession_CreateSparkSession,       CREATES,    livySession,    /id",
        "SparkSession_ResetSparkSessionTimeout, OWNER_ONLY, livySession,    sessionId",
        "SparkSession_GetSparkStatements,       OWNER_ONLY, livySession,    sessionId",
        "SparkSession_CreateSparkStatement,     OWNER_ONLY, livySession,    sessionId",
        "SparkSession_GetSparkStatement,        OWNER_ONLY, livySession,    sessionId",
        "SparkSession_CancelSparkStatement,     OWNER_ONLY, livySession,    sessionId",
        "RunNotebook_CreateRun,                 CLAIMS,     notebookRun,    runId",
        "RoleAssignments_CreateRoleAssignment,  CLAIMS,     roleAssignment, roleAssignmentId",
    })
    void saysWhoOwnsSessionsAndIdsThatCallersChoose(
            String name, Rule rule, String kind, String at) {
        Ownership ownership = operation(name).traits().ownership().orElseThrow();

        assertThat(ownership.rule()).isEqualTo(rule);
        assertThat(ownership.id().kind()).isEqualTo(kind);
        assertThat(ownership.id().at()).isEqualTo(at);
    }

    @Test
    void leavesStatusAndCancelOfASessionToOthers() {
        assertThat(names(operation -> operation.traits().ownership().isPresent())).hasSize(8);
        assertThat(operation("SparkSession_GetSparkSession").traits().ownership()).isEmpty();
        assertThat(operation("SparkSession_CancelSparkSession").traits().ownership()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "Pipeline_CreatePipelineRun, referencePipelineRunId, /runId",
        "PipelineRun_GetPipelineRun, /invokedBy/pipelineRunId, runId",
        "PipelineRun_GetPipelineRun, /runGroupId, runId",
        "PipelineRun_QueryActivityRuns, runId, /value/*/activityRunId",
        "PipelineRun_QueryActivityRuns, /value/*/activityRunId, /value/*/output/pipelineRunId",
        "PipelineRun_QueryActivityRuns, /value/*/activityRunId, /value/*/output/appId",
        "TriggerRun_QueryTriggerRunsByWorkspace, /value/*/triggerRunId, "
                + "/value/*/triggeredPipelines/*",
        "RunNotebook_CreateRun, runId, /result/sessionId",
        "SparkJobDefinition_ExecuteSparkJobDefinition, /id, /appId",
        "SparkBatch_CreateSparkBatchJob, /id, /appId",
        "SparkBatch_GetSparkBatchJob, batchId, /appId",
        "SparkBatch_GetSparkBatchJobs, /sessions/*/id, /sessions/*/appId",
        "SparkSession_CreateSparkStatement, sessionId, /id",
        "SparkHistory(any), livyId, sparkApplicationId",
    })
    void linksTheIdsOfOneExchange(String name, String parent, String child) {
        assertThat(operation(name).traits().jobIdEdges())
                .anySatisfy(
                        edge -> {
                            assertThat(edge.parent().at()).isEqualTo(parent);
                            assertThat(edge.child().at()).isEqualTo(child);
                        });
    }

    @Test
    void qualifiesLivyIdsByTheirPool() {
        List<JobIdRule> livy =
                CATALOGUE.operations().stream()
                        .flatMap(operation -> operation.traits().jobIds().stream())
                        .filter(rule -> rule.kind().startsWith("livy"))
                        .toList();

        assertThat(livy).hasSizeGreaterThan(20).noneMatch(rule -> rule.within().isEmpty());
        assertThat(rule("SparkSession_CreateSparkStatement", "/id").within())
                .containsExactly("pool", "session");
        assertThat(rule("Monitoring_GetSparkJobList", "/sparkJobs/*/livyId").within())
                .containsExactly("/sparkJobs/*/compute");
        assertThat(rule("RunNotebook_CreateRun", "/result/sessionId").within())
                .containsExactly("/result/sparkPool");
    }

    @Test
    void namesAResourceForEveryQualifierThatIsNotInTheAnswer() {
        for (Operation operation : CATALOGUE.operations()) {
            List<String> kinds =
                    operation.traits().resources().stream().map(NamedResource::kind).toList();

            assertThat(operation.traits().jobIds())
                    .flatExtracting(JobIdRule::within)
                    .filteredOn(qualifier -> !qualifier.startsWith("/"))
                    .as(operation.name())
                    .allMatch(kinds::contains);
        }
    }

    @Test
    void readsJobIdsFromEveryPartOfAnExchange() {
        assertThat(rule("Pipeline_CreatePipelineRun", "/runId"))
                .isEqualTo(
                        new JobIdRule(
                                "pipelineRun",
                                Where.RESPONSE_BODY,
                                "/runId",
                                List.of(),
                                List.of("referencePipelineRunId")));
        assertThat(rule("Pipeline_CreatePipelineRun", "referencePipelineRunId"))
                .isEqualTo(new JobIdRule("pipelineRun", Where.QUERY, "referencePipelineRunId"));
        assertThat(rule("PipelineRun_CancelPipelineRun", "runId"))
                .isEqualTo(new JobIdRule("pipelineRun", Where.PATH, "runId"));
        assertThat(rule("DataFlowDebugSession_ExecuteCommand", "/sessionId"))
                .isEqualTo(new JobIdRule("dataFlowDebugSession", Where.REQUEST_BODY, "/sessionId"));
        assertThat(rule("Trigger_StartTrigger", "Location"))
                .isEqualTo(new JobIdRule("operation", Where.RESPONSE_HEADER, "Location"));
        assertThat(rule("Trigger_StartTrigger", "Location").isMany()).isFalse();
        assertThat(rule("PipelineRun_QueryActivityRuns", "/value/*/activityRunId").isMany())
                .isTrue();
        assertThat(names(operation -> !operation.traits().jobIds().isEmpty())).hasSize(77);
    }

    private static JobIdRule rule(String name, String at) {
        return operation(name).traits().jobIds().stream()
                .filter(rule -> rule.at().equals(at))
                .findFirst()
                .orElseThrow();
    }

    private static Operation operation(String name) {
        return CATALOGUE.operation(name).orElseThrow();
    }

    private static Predicate<Operation> has(OperationFlag flag) {
        return operation -> operation.traits().has(flag);
    }

    private static List<String> names(Predicate<Operation> wanted) {
        return CATALOGUE.operations().stream().filter(wanted).map(Operation::name).toList();
    }
}
