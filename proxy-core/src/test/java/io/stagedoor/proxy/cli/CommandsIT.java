package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that ask a trail or the live assignments, against a proxy that has worked. */
class CommandsIT {
    private static final String RUN = "/pipelines/nightly/createRun";

    @TempDir Path folder;

    private ProxyFixture fixture;
    private String config;

    @BeforeEach
    void start() throws IOException {
        fixture = ProxyFixture.start();
        config = fixture.scenery().configuration().toString();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aRefusalIsExplainedByItsDecisionId() throws Exception {
        HttpResponse<String> refused = fixture.send(DemoCast.ANALYST, "POST", RUN);
        String id = refused.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow();

        CommandRun text = CommandRun.of("explain", "--config", config, id);
        CommandRun json = CommandRun.of("explain", "--json", "--config", config, id);
        CommandRun unknown = CommandRun.of("explain", "--config", config, "nothing");

        assertThat(text.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(text.output())
                .contains("not_permitted", "analyst@demo.example", "Synapse Credential User");
        assertThat(parsed(json).toString()).contains("not_permitted");
        assertThat(unknown.exitCode()).isEqualTo(ExitCodes.FINDING);
    }

    @Test
    void aRunIsFoundByItsIdWithItsStarterAndItsLaterReads() throws Exception {
        HttpResponse<String> started = fixture.send(DemoCast.ENGINEER, "POST", RUN);
        String runId = Output.MAPPER.readTree(started.body()).path("runId").asText();
        fixture.send(DemoCast.ENGINEER, "GET", "/pipelineruns/" + runId);

        CommandRun text = awaitContaining("Pipeline_CreatePipelineRun", runId);
        CommandRun json = CommandRun.of("audit", "job", "--json", "--config", config, runId);
        CommandRun unknown = CommandRun.of("audit", "job", "--config", config, "nothing");

        assertThat(text.output())
                .contains("engineer@demo.example", "Synapse Credential User")
                .contains("PipelineRun_GetPipelineRun");
        assertThat(parsed(json).toString()).contains(runId);
        assertThat(unknown.exitCode()).isEqualTo(ExitCodes.FINDING);
    }

    @Test
    void theTrailIsSearchedByPrincipalAndResourceAndReadFromItsEnd() throws Exception {
        fixture.send(DemoCast.ENGINEER, "POST", RUN);

        CommandRun who = CommandRun.of("audit", "who", "-c", config, "engineer@demo.example");
        CommandRun resource =
                CommandRun.of("audit", "resource", "-c", config, "demo/pipeline/nightly");
        CommandRun malformed = CommandRun.of("audit", "resource", "-c", config, "demo");
        CommandRun tail = CommandRun.of("audit", "tail", "-n", "3", "-c", config);

        assertThat(who.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(who.output()).contains("Pipeline_CreatePipelineRun");
        assertThat(resource.output()).contains("engineer@demo.example");
        assertThat(malformed.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(tail.output()).contains("decided");
    }

    @Test
    void aByteThatWasFlippedIsFoundAndPlaced() throws Exception {
        fixture.send(DemoCast.ENGINEER, "POST", RUN);
        fixture.proxy().drain();
        CommandRun intact = CommandRun.of("audit", "verify", "--config", config);

        flipAByte(fixture.journalFolder());
        CommandRun damaged = CommandRun.of("audit", "verify", "--config", config);
        CommandRun json = CommandRun.of("audit", "verify", "--json", "--config", config);

        assertThat(intact.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(damaged.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(damaged.output()).contains(".jsonl");
        assertThat(parsed(json).isObject()).isTrue();
    }

    @Test
    void aTrailThatIsNotThereIsUnreachable() {
        CommandRun run =
                CommandRun.of("audit", "tail", "--journal", folder.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.errors()).contains("none");
    }

    @Test
    void canIAnswersAsTheProxyWouldWithoutAskingForTheRun() {
        String engineer = DemoCast.ENGINEER.id().objectId();
        String group = DemoCast.DATA_ENGINEERS.objectId();

        CommandRun yes =
                CommandRun.of(
                        "can-i", "-c", config, "--as", engineer, "--group", group, "POST", RUN);
        CommandRun no =
                CommandRun.of(
                        "can-i",
                        "--json",
                        "-c",
                        config,
                        "--as",
                        DemoCast.ANALYST.id().objectId(),
                        "POST",
                        RUN);

        assertThat(yes.output()).startsWith("yes");
        assertThat(yes.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(no.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(no.output()).contains("not_permitted", "Synapse Credential User");
        assertThat(fixture.workspace().requests(each -> each.path().endsWith("createRun")))
                .isEmpty();
    }

    @Test
    void runServesUntilItIsToldToStop() throws Exception {
        fixture.proxy().drain();
        StringWriter output = new StringWriter();
        CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(output));
        FutureTask<Integer> run =
                new FutureTask<>(() -> commandLine.execute("run", "--json", "-c", config));
        Thread worker = Thread.ofPlatform().start(run);

        await().atMost(Duration.ofSeconds(60)).until(() -> output.toString().contains("}"));
        int adminPort = Output.MAPPER.readTree(output.toString()).path("adminPort").asInt();
        HttpResponse<String> health =
                new AdminPort(URI.create("http://127.0.0.1:" + adminPort)).get("/metrics");
        worker.interrupt();

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(run.get()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void runSaysThatTheJournalIsTaken() {
        CommandRun run = CommandRun.of("run", "-c", config);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.errors()).startsWith("the proxy cannot start: ");
    }

    private CommandRun awaitContaining(String text, String runId) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> CommandRun.of("audit", "job", "--config", config, runId),
                        run -> run.output().contains(text));
    }

    private static void flipAByte(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            Path segment =
                    files.filter(file -> file.toString().endsWith(".jsonl"))
                            .findFirst()
                            .orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[bytes.length / 4] ^= 1;
            Files.write(segment, bytes);
        }
    }

    private static JsonNode parsed(CommandRun run) throws IOException {
        return Output.MAPPER.readTree(run.output());
    }
}
