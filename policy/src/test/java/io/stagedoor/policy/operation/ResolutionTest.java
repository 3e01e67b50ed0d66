package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionTest {

    private static final OperationCatalogue CATALOGUE = OperationCatalogue.synapse();
    private static final String LIVY = "/livyApi/versions/2019-11-01-preview/sparkPools/";

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "GET,    /notebooks/runs,            Notebook_GetNotebook,            notebookName=runs",
        "PUT,    /notebooks/runs,            Notebook_CreateOrUpdateNotebook, notebookName=runs",
        "DELETE, /notebooks/RUNS,            Notebook_DeleteNotebook,         notebookName=RUNS",
        "POST,   /notebooks/runs/rename,     Notebook_RenameNotebook,         notebookName=runs",
        "PUT,    /notebooks/runs/rename,     RunNotebook_CreateRun,           runId=rename",
        "PUT,    /notebooks/runs/r1,         RunNotebook_CreateRun,           runId=r1",
        "GET,    /notebooks/Runs/r1,         RunNotebook_GetStatus,           runId=r1",
        "POST,   /notebooks/runs/r1/cancel,  RunNotebook_CancelRun,           runId=r1",
        "GET,    /notebooks/runs/a/snapshot, RunNotebook_GetSnapshot,         runId=a",
        "POST,   /notebooks/a/rename,        Notebook_RenameNotebook,         notebookName=a",
        "GET,    /pipelineruns/1,            PipelineRun_GetPipelineRun,      runId=1",
        "GET,    /pipelines/pipelineruns,    Pipeline_GetPipeline,   pipelineName=pipelineruns",
        "POST,   /pipelines/A b/CREATERUN,   Pipeline_CreatePipelineRun,      pipelineName=A b",
        "POST,   /pipelines/café daily/createRun, Pipeline_CreatePipelineRun, "
                + "pipelineName=café daily",
        "POST,   /pipelines/createRun/createRun, Pipeline_CreatePipelineRun, "
                + "pipelineName=createRun",
        "PUT,    /libraries/My.Lib-1.0.whl,  Library_Create,   libraryName=My.Lib-1.0.whl",
        "GET,    /bigDataPools/p,            BigDataPools_Get,                bigDataPoolName=p",
    })
    void tellsShadowedPathsApartAndKeepsNamesAsSent(
            String method, String path, String operation, String parameter) {
        Optional<MatchedOperation> found = resolve(method, path);

        assertThat(found).map(match -> match.operation().name()).contains(operation);
        String[] nameAndValue = parameter.split("=", 2);
        assertThat(found.orElseThrow().parameters())
                .isEqualTo(Map.of(nameAndValue[0], nameAndValue[1]));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "POST /pipelines/daily/createRun/extra",
                "POST /pipelines/createRun",
                "POST /pipelines/daily",
                "POST /public/pipelines/daily/createRun",
                "POST /pipelines/daily/createRun ",
                "POST /pipelines/daily/createRun;a=b",
                "POST /pipelines;a=b/daily/createRun",
                "POST /pipelineſ/daily/createRun",
                "GET /noteboo\u212as",
                "DELETE /notebooks/runs/r1",
                "GET /notebooks/runs/r1/cancel",
                "GET /queryPipelineRuns",
                "PATCH /pipelines/daily",
                "post /pipelines/daily/createRun",
                "PURGE /pipelines/daily/createRun",
                "HEAD /pipelines",
                "OPTIONS /pipelines",
                "TRACE /pipelines",
                "CONNECT /pipelines",
                "POST /batch",
                "GET /sparkhistory/api/v1/sparkpools/p/livyid/1/applications/a",
                "GET /livyApi/versions/1/bigDataPools/p/batches",
            })
    void findsNothingForWhatIsNotDocumented(String request) {
        int space = request.indexOf(' ');

        assertThat(resolve(request.substring(0, space), request.substring(space + 1))).isEmpty();
    }

    @ParameterizedTest(name = "segment [{0}]")
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a\u0000", "a\r\nb", "a\u007f", "\t"})
    void takesNoSegmentThatTwoParsersCouldReadDifferently(String segment) {
        assertThat(CATALOGUE.resolve("GET", List.of("pipelines", segment))).isEmpty();
        assertThat(
                        CATALOGUE.resolve(
                                "GET",
                                List.of(
                                        "sparkhistory",
                                        "api",
                                        "v1",
                                        "sparkpools",
                                        "p",
                                        "livyid",
                                        "1",
                                        "applications",
                                        "a",
                                        "driverlog",
                                        segment)))
                .isEmpty();
    }

    @Test
    void findsNothingForTheRoot() {
        assertThat(CATALOGUE.resolve("GET", List.of())).isEmpty();
        assertThat(CATALOGUE.resolve("GET", List.of(""))).isEmpty();
    }

    @Test
    void joinsTheSegmentsOfATail() {
        MatchedOperation found =
                resolve("GET", "/sparkHistory/api/v1/sparkPools/P/livyId/7/applications/a_1/x/y/z")
                        .orElseThrow();

        assertThat(found.operation().name()).isEqualTo("SparkHistory(any)");
        assertThat(found.parameters())
                .containsEntry("sparkPoolName", "P")
                .containsEntry("livyId", "7")
                .containsEntry("sparkApplicationId", "a_1")
                .containsEntry("rest", "x/y/z");
    }

    @Test
    void readsAllParametersOfALivyPath() {
        MatchedOperation found =
                resolve("POST", LIVY + "Pool 1/sessions/3/statements/4/cancel").orElseThrow();

        assertThat(found.operation().name()).isEqualTo("SparkSession_CancelSparkStatement");
        assertThat(found.parameters())
                .isEqualTo(
                        Map.of(
                                "livyApiVersion", "2019-11-01-preview",
                                "sparkPoolName", "Pool 1",
                                "sessionId", "3",
                                "statementId", "4"));
    }

    @ParameterizedTest(name = "comp={0} is {1}")
    @CsvSource({
        "'',          Library_Create",
        "appendblock, Library_Append",
        "AppendBlock, Library_Append",
    })
    void tellsAppendingFromCreatingALibraryByItsQuery(String comp, String operation) {
        Function<String, Optional<String>> query =
                name ->
                        name.equals("comp") && !comp.isEmpty()
                                ? Optional.of(comp)
                                : Optional.empty();

        assertThat(CATALOGUE.resolve("PUT", List.of("libraries", "l.whl"), query))
                .map(match -> match.operation().name())
                .contains(operation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "block", "appendblock ", "appendbloc\u212a"})
    void findsNothingForAnUndocumentedValueOfADecidingParameter(String comp) {
        assertThat(CATALOGUE.resolve("PUT", List.of("libraries", "l.whl"), _ -> Optional.of(comp)))
                .isEmpty();
    }

    @Test
    void asksForNoParameterThatDoesNotDecide() {
        Function<String, Optional<String>> refusing =
                name -> {
                    throw new AssertionError("asked for " + name);
                };

        assertThat(CATALOGUE.resolve("PUT", List.of("pipelines", "p"), refusing)).isPresent();
        assertThat(CATALOGUE.decidingParameters()).containsExactly("comp");
    }

    @Test
    void passesOnTheRefusalOfADecidingParameterThatIsThereTwice() {
        Function<String, Optional<String>> twice =
                name -> {
                    throw new IllegalStateException(name + " is there twice");
                };

        assertThatThrownBy(() -> CATALOGUE.resolve("PUT", List.of("libraries", "l"), twice))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("comp is there twice");
    }

    private static Optional<MatchedOperation> resolve(String method, String path) {
        return CATALOGUE.resolve(method, List.of(path.substring(1).split("/", -1)));
    }
}
