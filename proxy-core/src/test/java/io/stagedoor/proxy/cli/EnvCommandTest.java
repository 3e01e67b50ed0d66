package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the proxy's address comes from, and what is made of it. */
class EnvCommandTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "demo.dev.synapse.example, 443, https://demo.dev.synapse.example, .dev.synapse.example",
        "demo.dev.synapse.example, 8443, https://demo.dev.synapse.example:8443,"
                + " .dev.synapse.example:8443",
        "synapse.example, 443, https://synapse.example, ''"
    })
    void theAddressIsAsConfigured(String host, int port, String endpoint, String suffix)
            throws Exception {
        try (DemoScenery scenery = DemoScenery.set(InstantSource.system(), port, 0)) {
            String config = configured(scenery, "hosts: [" + host + "]");

            JsonNode common = parsed(run("env", "--json", "--config", config));
            CommandRun az = run("env", "--json", "--client", "az", "--config", config);

            assertThat(common.at("/variables/STAGEDOOR_ENDPOINT").asText()).isEqualTo(endpoint);
            assertThat(az.exitCode())
                    .isEqualTo(suffix.isEmpty() ? ExitCodes.FINDING : ExitCodes.OK);
            assertThat(parsed(az).at("/commands/0/6").asText())
                    .isEqualTo(
                            suffix.isEmpty()
                                    ? ""
                                    : "{\"suffixes\":{\"synapseAnalyticsEndpoint\":\""
                                            + suffix
                                            + "\"}}");
        }
    }

    @Test
    void aWorkspaceWithoutAHostNameNeedsItsAddressSaid() {
        try (DemoScenery scenery = DemoScenery.set(InstantSource.system(), 0, 0)) {
            String config = scenery.configuration().toString();

            CommandRun run = run("env", "--config", config);
            CommandRun other = run("env", "--config", config, "--workspace", "other");
            CommandRun said =
                    run(
                            "env",
                            "--config",
                            config,
                            "--proxy",
                            "https://localhost:8443/synapse/demo");

            assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.errors()).contains("--proxy https://host/prefix");
            assertThat(other.errors()).contains("--workspace: demo");
            assertThat(said.output())
                    .contains("export STAGEDOOR_ENDPOINT=https://localhost:8443/synapse/demo");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example, is not the address of a proxy",
        "https://user@proxy.example, is not the address of a proxy",
        "https://proxy.example/?x=1, is not the address of a proxy"
    })
    void anAddressThatWouldSendTokensElsewhereIsRefused(String address, String why) {
        CommandRun run = run("env", "--proxy", address);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.errors()).contains(why);
    }

    @Test
    void authoritiesThatAreNotThereAreRefused() {
        CommandRun absent = run("env", "--proxy", "https://a.example", "--ca", "none.pem");
        CommandRun alone = run("env", "--ca", "none.pem");

        assertThat(absent.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(absent.errors()).contains("`none.pem` cannot be read");
        assertThat(alone.errors()).contains("--ca goes with --proxy");
    }

    @Test
    void execShowsWhatItWouldSetAndRunsNothing() throws Exception {
        Path mark = folder.resolve("mark");

        JsonNode shown =
                parsed(
                        run(
                                "exec",
                                "--proxy",
                                "https://ws1.synapse.example",
                                "--json",
                                "touch",
                                mark.toString()));

        assertThat(shown.at("/variables/AZURE_CONFIG_DIR").asText())
                .isEqualTo(folder.resolve("home/az/default").toString());
        assertThat(shown.path("variables").has("STAGEDOOR_TOKEN")).isFalse();
        assertThat(shown.path("command").get(1).asText()).isEqualTo(mark.toString());
        assertThat(mark).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "/own, /xdg, /own",
        "'', /xdg, /xdg/stagedoor",
        "'', relative, /home/ada/.config/stagedoor",
        "'', '', /home/ada/.config/stagedoor"
    })
    void theHomeIsWhereTheEnvironmentSays(String own, String xdg, String expected) {
        UnaryOperator<String> environment =
                name ->
                        Map.of("STAGEDOOR_HOME", own, "XDG_CONFIG_HOME", xdg)
                                .getOrDefault(name, "");

        assertThat(Profiles.home(environment, Path.of("/home/ada"))).hasToString(expected);
    }

    private static String configured(DemoScenery scenery, String hosts) throws Exception {
        Path file = scenery.configuration();
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("    upstream:", "    " + hosts + "\n    upstream:"));
        return file.toString();
    }

    private CommandRun run(String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--home";
        all[2] = folder.resolve("home").toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }

    private static JsonNode parsed(CommandRun run) throws Exception {
        return Output.MAPPER.readTree(run.output());
    }
}
