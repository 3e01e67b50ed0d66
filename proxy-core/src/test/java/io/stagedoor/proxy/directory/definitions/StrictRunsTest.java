package io.stagedoor.proxy.directory.definitions;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.synapse.DefinitionApi;
import io.stagedoor.proxy.directory.synapse.WorkspaceReader;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictRunsTest {

    @RegisterExtension static final FakeWorkspace WORKSPACE = new FakeWorkspace();

    private static final Duration BELIEVED = Duration.ofMinutes(1);
    private static final Scope W = Scope.workspace("w");

    private final TestClock clock = new TestClock();
    private WorkspaceReader reader;
    private StrictRuns runs;

    @BeforeEach
    void open() {
        reader = WORKSPACE.reader(clock);
        runs = strict(ReachLimits.defaults());
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aPipelineNeedsWhatItsActivitiesReachWithThePathThere() throws Exception {
        pipeline("daily", activity("Copy1", dataset("D"), linked("Staging")));
        define("/datasets/D", linked("L"));
        define("/linkedservices/L", runtime("R"), reference("CredentialReference", "C"));
        define("/linkedservices/Staging");

        assertThat(reached("daily"))
                .containsExactly(
                        "linkedServices/useSecret/action @ workspaces/w/linkedServices/Staging"
                                + " (pipeline daily > activity Copy1 > linked service Staging)",
                        "linkedServices/useSecret/action @ workspaces/w/linkedServices/L"
                                + " (pipeline daily > activity Copy1 > dataset D > linked service L)",
                        "integrationRuntimes/useCompute/action @"
                                + " workspaces/w/integrationRuntimes/AutoResolveIntegrationRuntime"
                                + " (pipeline daily > activity Copy1 > linked service Staging >"
                                + " integration runtime AutoResolveIntegrationRuntime)",
                        "credentials/useSecret/action @"
                                + " workspaces/w/credentials/WorkspaceSystemIdentity (pipeline daily >"
                                + " activity Copy1 > linked service Staging > credential"
                                + " WorkspaceSystemIdentity)",
                        "integrationRuntimes/useCompute/action @ workspaces/w/integrationRuntimes/R"
                                + " (pipeline daily > activity Copy1 > dataset D > linked service L >"
                                + " integration runtime R)",
                        "credentials/useSecret/action @ workspaces/w/credentials/C (pipeline daily >"
                                + " activity Copy1 > dataset D > linked service L > credential C)");
    }

    @Test
    void cyclesOfPipelinesEnd() throws Exception {
        pipeline("a", activity("A", reference("PipelineReference", "b")));
        pipeline("b", activity("B", reference("PipelineReference", "A"), pool("p")));

        assertThat(reached("a"))
                .containsExactly(
                        "bigDataPools/useCompute/action @ workspaces/w/bigDataPools/p"
                                + " (pipeline a > activity A > pipeline b > activity B > Spark pool"
                                + " p)");
    }

    @Test
    void aTriggerNeedsWhatItsPipelinesNeed() throws Exception {
        define("/triggers/t", reference("PipelineReference", "p1"));
        pipeline("p1", activity("N", reference("NotebookReference", "n")));
        define("/notebooks/n", pool("small"));

        assertThat(scopes(operation("Trigger_StartTrigger", Map.of("trigger", "t"))))
                .containsExactly("workspaces/w/bigDataPools/small");
        assertThat(scopes(operation("TriggerRun_RerunTriggerInstance", Map.of("trigger", "t"))))
                .containsExactly("workspaces/w/bigDataPools/small");
    }

    @Test
    void thePoolThatAnActivityNamesStandsInForThatOfItsNotebook() throws Exception {
        pipeline(
                "p",
                """
                {"name":"N","type":"SynapseNotebook","typeProperties":{"notebook":{"referenceName":
                "n","type":"NotebookReference"},"sparkPool":{"referenceName":"mine","type":
                "BigDataPoolReference"}}}""");
        define("/notebooks/n", pool("theirs"));

        assertThat(scopes(run("p"))).containsExactly("workspaces/w/bigDataPools/mine");
    }

    @Test
    void theRuntimeThatADataFlowActivityNamesStandsInForThoseOfItsLinkedServices()
            throws Exception {
        pipeline(
                "p",
                """
                {"name":"F","type":"ExecuteDataFlow","typeProperties":{"integrationRuntime":{
                "referenceName":"flows","type":"IntegrationRuntimeReference"},"dataFlow":{
                "referenceName":"f","type":"DataFlowReference"}}}""",
                activity("C", linked("L")));
        define("/dataflows/f", linked("K"));
        define("/linkedservices/K", runtime("unused"), reference("CredentialReference", "C"));
        define("/linkedservices/L", runtime("used"), reference("CredentialReference", "C"));

        assertThat(scopes(run("p")))
                .contains(
                        "workspaces/w/integrationRuntimes/flows",
                        "workspaces/w/integrationRuntimes/used",
                        "workspaces/w/linkedServices/K")
                .doesNotContain("workspaces/w/integrationRuntimes/unused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BigDataPoolReference|bigDataPools/useCompute/action",
                "IntegrationRuntimeReference|integrationRuntimes/useCompute/action",
                "CredentialReference|credentials/useSecret/action",
                "NotebookReference|bigDataPools/useCompute/action",
                "LinkedServiceReference|linkedServices/useSecret/action,"
                        + "credentials/useSecret/action,integrationRuntimes/useCompute/action",
                "DatasetReference|linkedServices/useSecret/action,"
                        + "credentials/useSecret/action,integrationRuntimes/useCompute/action",
                "PipelineReference|linkedServices/useSecret/action,credentials/useSecret/action,"
                        + "integrationRuntimes/useCompute/action,bigDataPools/useCompute/action",
                "SomeNewReference|linkedServices/useSecret/action,credentials/useSecret/action,"
                        + "integrationRuntimes/useCompute/action,bigDataPools/useCompute/action"
            })
    void whatOnlyTheRunTellsIsNeededAtTheRoot(String type, String actions) throws Exception {
        pipeline("p", activity("A", reference(type, "@pipeline().parameters.x")));

        assertThat(runs.lookup(run("p"), Optional.empty()))
                .allSatisfy(one -> assertThat(one.scope()).isEqualTo(W))
                .extracting(one -> one.action().shortName())
                .containsExactlyInAnyOrder(actions.split(","));
    }

    @Test
    void aThingThatIsNotThereIsNamedAndTheRunRefused() {
        pipeline("daily", activity("Copy1", dataset("Gone")));

        assertRefused(
                run("daily"),
                Code.RUN_UNRESOLVED,
                "there is no `dataset Gone` (pipeline daily > activity Copy1 > dataset Gone)");
    }

    @Test
    void aDefinitionThatTheProxyMayNotReadIsNamedAndTheRunRefused() {
        pipeline("daily", activity("Copy1", dataset("D")));
        stub("/datasets/D", aResponse().withStatus(403));

        assertRefused(
                run("daily"),
                Code.UPSTREAM_UNREACHABLE,
                "`dataset D` (pipeline daily > activity Copy1 > dataset D) was not read: the"
                        + " proxy's identity lacks a Synapse role for this (status 403)");
    }

    @Test
    void aDefinitionThatCannotBeReadInOneWayIsRefused() {
        stub("/pipelines/p", json("{\"a\":1,\"a\":2}"));

        assertRefused(run("p"), Code.UPSTREAM_UNREACHABLE, "the definition is not readable");
    }

    @Test
    void moreDefinitionsThanTheBoundAreRefused() {
        runs = strict(new ReachLimits(3, 100, 100, 2, Duration.ofSeconds(20)));
        pipeline("p", activity("A", dataset("d1"), dataset("d2"), dataset("d3")));
        define("/datasets/d1");
        define("/datasets/d2");
        define("/datasets/d3");

        assertRefused(run("p"), Code.RUN_UNRESOLVED, "more than 3 definitions");
    }

    @Test
    void moreRequirementsThanTheBoundAreRefused() {
        runs = strict(new ReachLimits(100, 100, 3, 2, Duration.ofSeconds(20)));
        pipeline("p", activity("A", pool("a"), pool("b"), pool("c"), pool("d")));

        assertRefused(run("p"), Code.RUN_UNRESOLVED, "more than 3 runtimes, pools");
    }

    @Test
    void aChainOfPipelinesLongerThanTheBoundIsRefused() {
        runs = strict(new ReachLimits(100, 9, 100, 2, Duration.ofSeconds(20)));
        IntStream.range(0, 9)
                .forEach(
                        i ->
                                pipeline(
                                        "p" + i,
                                        activity(
                                                "A",
                                                reference("PipelineReference", "p" + (i + 1)))));

        assertRefused(run("p0"), Code.RUN_UNRESOLVED, "further than 9 steps");
    }

    @Test
    void timeIsBoundedForAllReadsTogether() {
        runs = strict(new ReachLimits(100, 100, 100, 2, Duration.ofMillis(1)));
        stub("/pipelines/p", json("{}").withFixedDelay(2_000));

        assertRefused(run("p"), Code.UPSTREAM_UNREACHABLE, "took longer than");
    }

    @Test
    void whatIsBelievedNeedsNoReading() throws Exception {
        pipeline("p", activity("A", pool("a")));
        assertThat(runs.known(run("p"), Optional.empty())).isEmpty();
        runs.lookup(run("p"), Optional.empty());

        assertThat(runs.known(run("P"), Optional.empty())).isPresent();
        assertThat(reads()).isEqualTo(1);
        clock.advance(BELIEVED);
        assertThat(runs.known(run("p"), Optional.empty())).isEmpty();
    }

    @Test
    void whatIsNotBelievedAnyMoreIsAskedForByItsEntityTag() throws Exception {
        stub("/pipelines/p", json("{}").withHeader("ETag", "\"v1\""));
        runs.lookup(run("p"), Optional.empty());
        clock.advance(BELIEVED);
        stub("/pipelines/p", aResponse().withStatus(304));

        runs.lookup(run("p"), Optional.empty());

        WORKSPACE
                .server()
                .verify(
                        1,
                        getRequestedFor(urlPathEqualTo("/pipelines/p"))
                                .withHeader("If-None-Match", equalTo("\"v1\"")));
    }

    @Test
    void aWriteThroughTheProxyDropsWhatIsKnown() throws Exception {
        pipeline("p", activity("A", pool("a")));
        runs.lookup(run("p"), Optional.empty());
        pipeline("p", activity("A", pool("b")));

        runs.changed(operation("Pipeline_CreateOrUpdatePipeline", Map.of("pipeline", "P")));

        assertThat(runs.known(run("p"), Optional.empty())).isEmpty();
        assertThat(scopes(run("p"))).containsExactly("workspaces/w/bigDataPools/b");
    }

    @Test
    void aDebugSessionBringsItsDefinitionsAlong() throws Exception {
        define("/linkedservices/stored");
        BoundOperation add = operation("DataFlowDebugSession_AddDataFlow", Map.of());
        String body =
                """
                {"sessionId":"s","datasets":[{"name":"mine","properties":{"linkedServiceName":{
                "referenceName":"inline","type":"LinkedServiceReference"}}}],"linkedServices":[{
                "name":"Inline","properties":{}}],"dataFlow":{"name":"f","properties":{"sources":[{
                "dataset":{"referenceName":"mine","type":"DatasetReference"}},{"linkedService":{
                "referenceName":"stored","type":"LinkedServiceReference"}}]}}}""";

        assertThat(runs.readsBody(add.operation())).isTrue();
        assertThat(runs.lookup(add, Optional.of(body.getBytes(StandardCharsets.UTF_8))))
                .extracting(one -> one.scope().text())
                .containsExactlyInAnyOrder(
                        "workspaces/w/linkedServices/inline",
                        "workspaces/w/linkedServices/stored",
                        "workspaces/w/credentials/WorkspaceSystemIdentity");
    }

    @Test
    void aFactoryIsReadBelowItsResourceId() throws Exception {
        String id =
                "/subscriptions/sub/resourceGroups/g/providers/Microsoft.DataFactory/factories/f1";
        Definitions definitions =
                Definitions.ofFactory(DefinitionApi.ofFactory(reader, id), clock, BELIEVED);
        StrictRuns factory = new StrictRuns(definitions, ReachLimits.defaults(), clock);
        stub(
                id + "/pipelines/p",
                json(
                        "{\"activities\":["
                                + activity("N", reference("NotebookReference", "theirs"))
                                + "]}"));

        assertThat(
                        factory.lookup(
                                bound(
                                        named(
                                                OperationCatalogue.dataFactory(),
                                                "Pipelines_CreateRun"),
                                        Scope.factory("f1"),
                                        Map.of("pipeline", "p")),
                                Optional.empty()))
                .extracting(Object::toString)
                .containsExactly(
                        "bigDataPools/useCompute/action @ factories/f1"
                                + " (pipeline p > activity N > notebook theirs)");
    }

    /** What is started without a definition says itself where it runs, in its path or body. */
    @Test
    void everyOperationThatStartsARunIsCoveredOrSaysItself() {
        Set<String> saysItself =
                Set.of(
                        "DataFlowDebugSession_ExecuteCommand",
                        "SparkJobDefinition_DebugSparkJobDefinition",
                        "SparkBatch_CreateSparkBatchJob",
                        "SparkSession_CreateSparkSession",
                        "SparkSession_CreateSparkStatement");

        List<String> open =
                Stream.of(OperationCatalogue.synapse(), OperationCatalogue.dataFactory())
                        .flatMap(catalogue -> catalogue.operations().stream())
                        .filter(one -> one.traits().startsRun())
                        .map(Operation::name)
                        .filter(name -> RunStartTable.of(name).isEmpty())
                        .distinct()
                        .toList();

        assertThat(open).containsExactlyInAnyOrderElementsOf(saysItself);
    }

    @Test
    void everyOperationThatStartsSomethingIsCatalogued() {
        Set<String> names =
                Stream.of(OperationCatalogue.synapse(), OperationCatalogue.dataFactory())
                        .flatMap(catalogue -> catalogue.operations().stream())
                        .map(Operation::name)
                        .collect(Collectors.toSet());

        assertThat(names).containsAll(RunStartTable.ALL.keySet());
    }

    private StrictRuns strict(ReachLimits limits) {
        return new StrictRuns(
                Definitions.ofWorkspace(DefinitionApi.ofWorkspace(reader), clock, BELIEVED),
                limits,
                clock);
    }

    private List<String> reached(String pipeline) throws RefusedException {
        return runs.lookup(run(pipeline), Optional.empty()).stream().map(Object::toString).toList();
    }

    private List<String> scopes(BoundOperation operation) throws RefusedException {
        return runs.lookup(operation, Optional.empty()).stream()
                .map(one -> one.scope().text())
                .toList();
    }

    private void assertRefused(BoundOperation operation, Code code, String sentence) {
        assertThatThrownBy(() -> runs.lookup(operation, Optional.empty()))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    private int reads() {
        return WORKSPACE.server().findAll(getRequestedFor(anyUrl())).size();
    }

    private static BoundOperation run(String pipeline) {
        return operation("Pipeline_CreatePipelineRun", Map.of("pipeline", pipeline));
    }

    private static BoundOperation operation(String name, Map<String, String> resources) {
        return bound(named(OperationCatalogue.synapse(), name), W, resources);
    }

    private static BoundOperation bound(
            Operation operation, Scope root, Map<String, String> resources) {
        return new BoundOperation(operation, root, Map.of(), List.of(), resources);
    }

    private static Operation named(OperationCatalogue catalogue, String name) {
        return catalogue.operations().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void pipeline(String name, String... activities) {
        stub(
                "/pipelines/" + name,
                json("{\"properties\":{\"activities\":[" + String.join(",", activities) + "]}}"));
    }

    private static void define(String path, String... references) {
        stub(path, json("{\"properties\":{\"uses\":[" + String.join(",", references) + "]}}"));
    }

    private static String activity(String name, String... references) {
        return "{\"name\":\""
                + name
                + "\",\"type\":\"Any\",\"typeProperties\":{\"uses\":["
                + String.join(",", references)
                + "]}}";
    }

    private static String dataset(String name) {
        return reference("DatasetReference", name);
    }

    private static String linked(String name) {
        return reference("LinkedServiceReference", name);
    }

    private static String runtime(String name) {
        return reference("IntegrationRuntimeReference", name);
    }

    private static String pool(String name) {
        return reference("BigDataPoolReference", name);
    }

    private static String reference(String type, String name) {
        return "{\"referenceName\":\"" + name + "\",\"type\":\"" + type + "\"}";
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    private static void stub(String path, ResponseDefinitionBuilder answer) {
        WORKSPACE.server().stubFor(get(urlPathEqualTo(path)).willReturn(answer));
    }
}
