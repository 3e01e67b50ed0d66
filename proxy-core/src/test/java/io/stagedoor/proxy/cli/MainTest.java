package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @TempDir Path folder;

    @Test
    void everyCommandHasHelpAndTakesJson() {
        assertThat(Main.commandLine().getSubcommands()).isNotEmpty();
        assertThat(Main.commandLine().getSubcommands().values())
                .allSatisfy(
                        command -> {
                            assertThat(command.getUsageMessage()).contains("--help");
                            assertThat(takesJson(command)).isTrue();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "--nonsense", "check --nonsense", ""})
    void wrongArgumentsAnswerTwoWithAHint(String arguments) {
        CommandRun run = CommandRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.errors()).contains("stagedoor");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void aGoodConfigurationChecksOk() throws Exception {
        try (DemoScenery scenery = DemoScenery.set(InstantSource.system(), 0, 0)) {
            String file = scenery.configuration().toString();

            CommandRun text = CommandRun.of("check", "--config", file);
            CommandRun json = CommandRun.of("check", "--json", "--config", file);

            assertThat(text.exitCode()).isEqualTo(ExitCodes.OK);
            assertThat(text.output())
                    .contains(file + ": good: 1 issuer(s), 1 workspace(s)")
                    .contains("1 guardrail(s)");
            assertThat(parsed(json).path("ok").asBoolean()).isTrue();
            assertThat(parsed(json).path("problems")).isEmpty();
        }
    }

    @Test
    void everyProblemOfABadConfigurationIsListedWithItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "listener:\n  port: many\n");

        CommandRun text = CommandRun.of("check", "--config", file.toString());
        CommandRun json = CommandRun.of("check", "--json", "--config", file.toString());

        assertThat(text.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(text.output()).contains(file + ":2:9: ").contains("  help: ");
        assertThat(json.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(parsed(json).path("problems").size()).isGreaterThan(1);
        assertThat(parsed(json).at("/problems/0/line").asInt()).isPositive();
    }

    @Test
    void aMissingConfigurationIsAProblemToo() {
        CommandRun run = CommandRun.of("health", "-c", folder.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.errors()).contains("none.yaml");
    }

    @ParameterizedTest
    @CsvSource({"200, 0, true", "503, 1, false"})
    void healthAnswersAsTheProxyDoes(int status, int exitCode, boolean healthy) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = "{\"parts\":[]}".getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/health",
                exchange -> {
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        String admin = "http://127.0.0.1:" + server.getAddress().getPort();

        CommandRun run = CommandRun.of("health", "--json", "--admin", admin);
        server.stop(0);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(parsed(run).path("healthy").asBoolean()).isEqualTo(healthy);
        assertThat(parsed(run).path("report").has("parts")).isTrue();
    }

    @Test
    void healthAnswersThreeWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        CommandRun run = CommandRun.of("health", "--admin", "http://127.0.0.1:" + port);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.errors()).startsWith("no proxy answers at `http://127.0.0.1:" + port);
    }

    private static boolean takesJson(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? command.getCommandSpec().findOption("--json") != null
                : command.getSubcommands().values().stream().allMatch(MainTest::takesJson);
    }

    private static JsonNode parsed(CommandRun run) throws Exception {
        return Output.MAPPER.readTree(run.output());
    }
}
