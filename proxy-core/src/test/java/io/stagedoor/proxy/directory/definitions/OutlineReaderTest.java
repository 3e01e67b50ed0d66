package io.stagedoor.proxy.directory.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineReaderTest {

    @Test
    void namesEachThingWithTheActivitiesThatLeadToIt() throws IOException {
        assertThat(uses(ThingKind.PIPELINE, NIGHTLY))
                .containsExactly(
                        "activity Copy1: linked service Staging",
                        "activity Copy1: dataset Src",
                        "activity Copy1: dataset Dst",
                        "activity Each > activity Look: dataset Src",
                        "activity Choose > activity Yes: linked service Sql",
                        "activity Choose > activity No: pipeline child",
                        "activity Pick > activity CaseA: linked service Bricks",
                        "activity Again > activity Last: notebook clean",
                        "activity Again > activity Last: Spark pool small",
                        "activity Flow: integration runtime flows",
                        "activity Flow: data flow join",
                        "activity Flow: linked service Staging",
                        "activity Call: integration runtime AutoResolveIntegrationRuntime",
                        "activity Brand: linked service Odd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":\"@pipeline().parameters.p\",\"type\":\"Expression\"}",
                "\"@pipeline().parameters.p\"",
                "\"ls-@{pipeline().parameters.p}\"",
                "7",
                "[\"ls\"]",
                "null",
                "\"\"",
                "\" \""
            })
    void aNameThatOnlyTheRunTellsIsLeftOpen(String name) throws IOException {
        String pipeline =
                """
                {"properties":{"activities":[{"name":"A","type":"Copy","linkedServiceName":
                {"referenceName":NAME,"type":"LinkedServiceReference"}}]}}"""
                        .replace("NAME", name);

        assertThat(uses(ThingKind.PIPELINE, pipeline))
                .containsExactly("activity A: linked service that only the run tells");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"ReferenceName\":\"x\",\"Type\":\"linkedservicereference\"}|linked service x",
                "{\"referenceName\":\"x\",\"type\":\"SomeNewReference\"}|unknown reference x",
                "{\"referenceName\":\"x\"}|linked service x",
                "{\"referenceName\":\"x\",\"type\":7}|unknown reference x",
                "{\"referenceName\":\"x\",\"type\":\"PipelineReference\",\"TYPE\":\"a\"}"
                        + "|unknown reference x",
            })
    void namesAreFoundHoweverTheyAreSpelt(String reference, String expected) throws IOException {
        assertThat(uses(ThingKind.PIPELINE, "{\"linkedServiceName\":" + reference + "}"))
                .containsExactly(": " + expected);
    }

    @Test
    void twoNamesInOneReferenceAreBothNamed() throws IOException {
        assertThat(
                        uses(
                                ThingKind.DATASET,
                                "{\"a\":{\"referenceName\":\"x\",\"ReferenceName\":\"y\","
                                        + "\"type\":\"LinkedServiceReference\"}}"))
                .containsExactly(": linked service x", ": linked service y");
    }

    @Test
    void whatIsOnlyWaitedForOrHasNoScopeIsNoUse() throws IOException {
        assertThat(
                        uses(
                                ThingKind.TRIGGER,
                                """
                                {"properties":{"pipeline":{"pipelineReference":{"type":
                                "PipelineReference","referenceName":"p"}},"typeProperties":
                                {"dependsOn":[{"referenceTrigger":{"referenceName":"t2","type":
                                "TriggerReference"}}]},"pool":{"referenceName":"sql1","type":
                                "SqlPoolReference"}}}"""))
                .containsExactly(": pipeline p");
    }

    @Test
    void aLinkedServiceTakesRuntimeAndIdentityOfTheServiceUnlessItSaysOthers() throws IOException {
        assertThat(uses(ThingKind.LINKED_SERVICE, "{\"properties\":{\"type\":\"AzureSqlDW\"}}"))
                .containsExactly(
                        ": integration runtime AutoResolveIntegrationRuntime",
                        ": credential WorkspaceSystemIdentity");
        assertThat(
                        uses(
                                ThingKind.LINKED_SERVICE,
                                """
                                {"properties":{"connectVia":{"referenceName":"onprem","type":
                                "IntegrationRuntimeReference"},"typeProperties":{"credential":{
                                "referenceName":"uami","type":"CredentialReference"},"password":{
                                "type":"AzureKeyVaultSecret","store":{"referenceName":"vault",
                                "type":"LinkedServiceReference"},"secretName":"s"},
                                "additionalLinkedServiceNames":["more","@more"]}}}"""))
                .containsExactly(
                        ": integration runtime onprem",
                        ": credential uami",
                        ": linked service vault",
                        ": linked service more",
                        ": linked service that only the run tells");
    }

    @Test
    void anActivityCannotHideARuntimeBehindAMemberThatItsTypeDoesNotHave() throws IOException {
        String copy =
                """
                {"properties":{"activities":[{"name":"A","type":"Copy","typeProperties":
                {"integrationRuntime":{"referenceName":"mine","type":"IntegrationRuntimeReference"}},
                "linkedServiceName":{"referenceName":"L","type":"LinkedServiceReference"}}]}}""";

        Outline outline = OutlineReader.read(ThingKind.PIPELINE, octets(copy));

        assertThat(outline.uses())
                .filteredOn(use -> use.kind() == ThingKind.LINKED_SERVICE)
                .extracting(Use::given)
                .containsExactly(Use.Given.NOTHING);
    }

    @Test
    void aSayingThatCanBeReadInTwoWaysIsNone() throws IOException {
        String flow =
                """
                {"properties":{"activities":[{"name":"A","type":"ExecuteDataFlow","typeProperties":
                {"integrationRuntime":{"referenceName":"mine"},"IntegrationRuntime":
                {"referenceName":"yours"},"dataFlow":{"referenceName":"f","type":
                "DataFlowReference"}}}]}}""";

        assertThat(uses(ThingKind.PIPELINE, flow))
                .containsExactly(
                        "activity A: integration runtime AutoResolveIntegrationRuntime",
                        "activity A: integration runtime mine",
                        "activity A: integration runtime yours",
                        "activity A: data flow f");
    }

    @Test
    void tenThousandActivitiesAreReadAndEachThingIsKeptOnce() throws IOException {
        String activities =
                IntStream.range(0, 10_000)
                        .mapToObj(
                                i ->
                                        "{\"name\":\"A\",\"type\":\"Copy\",\"inputs\":[{"
                                                + "\"referenceName\":\"d"
                                                + i % 7
                                                + "\",\"type\":\"DatasetReference\"}]}")
                        .collect(Collectors.joining(","));

        Outline outline =
                OutlineReader.read(
                        ThingKind.PIPELINE,
                        octets("{\"properties\":{\"activities\":[" + activities + "]}}"));

        assertThat(outline.uses()).hasSize(7);
    }

    @Test
    void aDefinitionThatNamesTooMuchIsNotRead() {
        String many =
                IntStream.rangeClosed(0, OutlineReader.MOST_USES)
                        .mapToObj(
                                i ->
                                        "{\"referenceName\":\"d"
                                                + i
                                                + "\",\"type\":\"DatasetReference\"}")
                        .collect(Collectors.joining(","));

        assertThatThrownBy(
                        () ->
                                OutlineReader.read(
                                        ThingKind.PIPELINE, octets("{\"a\":[" + many + "]}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 2000 things");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{\"a\":1,\"a\":2}", "{} x", "{\"a\":"})
    void whatIsNoDefinitionIsSaidToBeNone(String body) {
        assertThatThrownBy(() -> OutlineReader.read(ThingKind.PIPELINE, octets(body)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aDefinitionNestedWithoutEndIsNotRead() {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);

        assertThatThrownBy(() -> OutlineReader.read(ThingKind.PIPELINE, octets(deep)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aRequestSaysOnWhichRuntimeItsSessionRuns() throws IOException {
        assertThat(request("{\"integrationRuntime\":{\"name\":\"flows\"}}"))
                .containsExactly(": integration runtime flows");
        assertThat(request("{}"))
                .containsExactly(": integration runtime AutoResolveIntegrationRuntime");
        assertThat(request("{\"integrationRuntime\":{\"name\":\"@x\"}}"))
                .containsExactly(": integration runtime that only the run tells");
    }

    private static List<String> request(String body) throws IOException {
        return words(OutlineReader.readRequest(octets(body), true));
    }

    private static List<String> uses(ThingKind kind, String body) throws IOException {
        return words(OutlineReader.read(kind, octets(body)));
    }

    private static List<String> words(Outline outline) {
        return outline.uses().stream()
                .map(use -> String.join(" > ", use.steps()) + ": " + use.label())
                .toList();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static final String NIGHTLY =
            """
            {"id":"/x","name":"nightly","type":"Microsoft.Synapse/workspaces/pipelines","etag":"e1",
            "properties":{"description":"copies","parameters":{"day":{"type":"String"}},"activities":[
              {"name":"Copy1","type":"Copy","dependsOn":[],"policy":{"timeout":"0.12:00:00"},
               "typeProperties":{"source":{"type":"ParquetSource"},"enableStaging":true,
                 "stagingSettings":{"linkedServiceName":{"referenceName":"Staging",
                   "type":"LinkedServiceReference"},"path":"tmp"}},
               "inputs":[{"referenceName":"Src","type":"DatasetReference",
                 "parameters":{"day":{"value":"@pipeline().parameters.day","type":"Expression"}}}],
               "outputs":[{"referenceName":"Dst","type":"DatasetReference"}]},
              {"name":"Each","type":"ForEach","typeProperties":{"items":{"value":"@range(0,9)",
                 "type":"Expression"},"activities":[{"name":"Look","type":"Lookup","typeProperties":{
                 "dataset":{"referenceName":"Src","type":"DatasetReference"}}}]}},
              {"name":"Choose","type":"IfCondition","typeProperties":{"expression":{"value":"@true",
                 "type":"Expression"},
                 "ifTrueActivities":[{"name":"Yes","type":"SqlServerStoredProcedure",
                   "linkedServiceName":{"referenceName":"Sql","type":"LinkedServiceReference"}}],
                 "ifFalseActivities":[{"name":"No","type":"ExecutePipeline","typeProperties":{
                   "pipeline":{"referenceName":"child","type":"PipelineReference"}}}]}},
              {"name":"Pick","type":"Switch","typeProperties":{"on":{"value":"@x","type":"Expression"},
                 "cases":[{"value":"a","activities":[{"name":"CaseA","type":"DatabricksNotebook",
                   "linkedServiceName":{"referenceName":"Bricks","type":"LinkedServiceReference"}}]}],
                 "defaultActivities":[]}},
              {"name":"Again","type":"Until","typeProperties":{"activities":[{"name":"Last",
                 "type":"SynapseNotebook","typeProperties":{"notebook":{"referenceName":"clean",
                 "type":"NotebookReference"},"sparkPool":{"referenceName":"small",
                 "type":"BigDataPoolReference"}}}]}},
              {"name":"Flow","type":"ExecuteDataFlow","typeProperties":{"integrationRuntime":{
                 "referenceName":"flows","type":"IntegrationRuntimeReference"},"dataFlow":{
                 "referenceName":"join","type":"DataFlowReference"},"staging":{"linkedService":{
                 "referenceName":"Staging","type":"LinkedServiceReference"}}}},
              {"name":"Call","type":"WebActivity","typeProperties":{"url":"https://x.example/"}},
              {"name":"Brand","type":"NotYetInvented","typeProperties":{"deep":[{"er":[{
                 "referenceName":"Odd","type":"LinkedServiceReference"}]}]}}]}}
            """;
}
