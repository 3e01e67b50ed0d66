package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code gaps} over the trail of a proxy that runs. */
class GapsCommandIT {

    @Test
    void tellsWhatWasAskedForAndIsNotCatalogued() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            String journal = fixture.journalFolder().toString();
            fixture.send(DemoCast.ENGINEER, "GET", "/pipelines");
            CommandRun none =
                    Awaitility.await()
                            .until(
                                    () -> CommandRun.of("gaps", "--journal", journal),
                                    run -> run.exitCode() != ExitCodes.UNREACHABLE);
            fixture.send(DemoCast.ENGINEER, "POST", "/pipelines/nightly-1/explode");
            fixture.send(DemoCast.ENGINEER, "POST", "/pipelines/nightly-2/explode");
            fixture.send(DemoCast.ENGINEER, "POST", "/getGitHubAccessToken");

            CommandRun some =
                    Awaitility.await()
                            .until(
                                    () -> CommandRun.of("gaps", "--journal", journal),
                                    run -> run.output().contains("GitHub"));
            CommandRun first =
                    CommandRun.of("gaps", "--journal", journal, "-n", "1", "--days", "1");
            CommandRun json = CommandRun.of("gaps", "--json", "--journal", journal);

            assertThat(none.exitCode()).isEqualTo(ExitCodes.OK);
            assertThat(none.output()).startsWith("nothing was refused");
            assertThat(some.exitCode()).isEqualTo(ExitCodes.FINDING);
            assertThat(some.output().lines())
                    .containsExactly(
                            "      2  demo         POST   /synapse/demo/pipelines/{id}/explode",
                            "      1  demo         POST   /getGitHubAccessToken"
                                    + "  (WorkspaceGitRepoManagement_GetGitHubAccessToken: no role)");
            assertThat(first.output().lines())
                    .containsExactly(
                            "      2  demo         POST   /synapse/demo/pipelines/{id}/explode",
                            "      1  others");
            JsonNode document = Output.MAPPER.readTree(json.output());
            assertThat(document.at("/gaps/0/count").asInt()).isEqualTo(2);
            assertThat(document.at("/others").asInt()).isZero();
        }
    }
}
