package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.Context;
import com.azure.resourcemanager.datafactory.DataFactoryManager;
import com.azure.resourcemanager.datafactory.models.IntegrationRuntimeStatusResponse;
import com.azure.resourcemanager.datafactory.models.PipelineResource;
import com.azure.resourcemanager.datafactory.models.PipelineRun;
import com.azure.resourcemanager.datafactory.models.PipelineRunsQueryResponse;
import com.azure.resourcemanager.datafactory.models.RunFilterParameters;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.FactoryClient;
import io.stagedoor.proxy.testing.FactoryScene;
import io.stagedoor.proxy.testing.JournalReading;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Microsoft's Data Factory client, with no change but the endpoint, before a fake factory. */
class DataFactoryClientIT {

    private static FactoryScene scene;

    private static DataFactoryManager client;

    @BeforeAll
    static void start() throws IOException {
        scene = FactoryScene.start();
        client = FactoryClient.of(scene, DemoCast.ENGINEER);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    /** Links would lead a client, with its token, to where the upstream names itself. */
    @AfterEach
    void nothingWentAroundTheProxy() {
        assertThat(scene.factory().requests())
                .allSatisfy(seen -> assertThat(seen.field("X-Stagedoor-Decision-Id")).isPresent())
                .allSatisfy(
                        seen ->
                                assertThat(seen.field("Authorization"))
                                        .contains("Bearer of-the-factory"));
    }

    @Test
    void listsPipelinesOverTwoPages() {
        assertThat(client.pipelines().listByFactory("rg1", "f1"))
                .extracting(PipelineResource::name)
                .containsExactly("daily", "hourly", "payroll");
    }

    @Test
    void getsAPipeline() {
        assertThat(client.pipelines().get("rg1", "f1", "daily").name()).isEqualTo("daily");
    }

    @Test
    void startsARunReadsItAndCancelsIt() {
        String runId = client.pipelines().createRun("rg1", "f1", "daily").runId();

        PipelineRun before = client.pipelineRuns().get("rg1", "f1", runId);
        client.pipelineRuns().cancel("rg1", "f1", runId);
        PipelineRun after = client.pipelineRuns().get("rg1", "f1", runId);

        assertThat(before.status()).isEqualTo("InProgress");
        assertThat(after.status()).isEqualTo("Cancelled");
    }

    /** A parameter of the query makes a run of another: the record says of which. */
    @Test
    void theRunThatIsRunAgainIsInTheRecord() {
        String first = client.pipelines().createRun("rg1", "f1", "daily").runId();

        String again =
                client.pipelines()
                        .createRunWithResponse(
                                "rg1", "f1", "daily", first, true, null, null, null, Context.NONE)
                        .getValue()
                        .runId();

        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(
                                                JournalReading.recordsFrom(
                                                                scene.fixture().journalFolder(), 0)
                                                        .stream()
                                                        .filter(record -> record.has("edges"))
                                                        .map(record -> record.get("edges"))
                                                        .map(Object::toString))
                                        .anyMatch(
                                                edges ->
                                                        edges.contains(first)
                                                                && edges.contains(again)));
    }

    @Test
    void queriesRunsPageByPage() {
        client.pipelines().createRun("rg1", "f1", "daily");
        client.pipelines().createRun("rg1", "f1", "hourly");

        List<String> seen = new ArrayList<>();
        RunFilterParameters filter =
                new RunFilterParameters()
                        .withLastUpdatedAfter(OffsetDateTime.now(ZoneOffset.UTC).minusDays(1))
                        .withLastUpdatedBefore(OffsetDateTime.now(ZoneOffset.UTC).plusDays(1));
        PipelineRunsQueryResponse page = query(filter);
        page.value().forEach(run -> seen.add(run.runId()));
        while (page.continuationToken() != null) {
            page = query(filter.withContinuationToken(page.continuationToken()));
            page.value().forEach(run -> seen.add(run.runId()));
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(scene.factory().runs());
    }

    private PipelineRunsQueryResponse query(RunFilterParameters filter) {
        return client.pipelineRuns()
                .queryByFactoryWithResponse("rg1", "f1", filter, Context.NONE)
                .getValue();
    }

    @Test
    void startsAnIntegrationRuntimeAndPollsUntilItRuns() {
        IntegrationRuntimeStatusResponse started =
                client.integrationRuntimes().start("rg1", "f1", "ir1");

        assertThat(started.name()).isEqualTo("ir1");
        assertThat(scene.factory().requests())
                .extracting(SeenRequest::path)
                .filteredOn(path -> path.contains("operationResults"))
                .hasSize(3);
    }

    @Test
    void refusalReadsWellInTheClientsException() {
        int before = scene.factory().runs().size();

        assertThatThrownBy(
                        () ->
                                FactoryClient.of(scene, DemoCast.ANALYST)
                                        .pipelines()
                                        .createRun("rg1", "f1", "daily"))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("credentials/useSecret/action")
                .hasMessageContaining("factories/f1/credentials/WorkspaceSystemIdentity");
        assertThat(scene.factory().runs()).hasSize(before);
    }

    @Test
    void anotherFactoryOfTheSameGroupIsUnknown() {
        assertThatThrownBy(() -> client.pipelines().get("rg1", "f2", "daily"))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("no documented operation");
        assertThatThrownBy(() -> client.pipelines().get("rg2", "f1", "daily"))
                .isInstanceOf(ManagementException.class);
    }
}
