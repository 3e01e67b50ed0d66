package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.value.Secret;
import io.stagedoor.proxy.cli.oauth.ClientRegistration;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import io.stagedoor.proxy.cli.profile.Profile;
import io.stagedoor.proxy.cli.profile.ProfileStore;
import io.stagedoor.proxy.cli.profile.ProxyAddress;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code who-am-i} against a running proxy. */
class WhoAmICommandIT {

    private static ProxyFixture fixture;
    private static String ca;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start();
        ca = fixture.scenery().folder().file("ca.pem").toString();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static CommandRun run(String tokenFile, String... more) {
        String[] usual = {
            "who-am-i",
            "--proxy",
            fixture.base() + "/",
            "--ca",
            ca,
            "--token-file",
            fixture.scenery().folder().file(tokenFile).toString()
        };
        String[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return CommandRun.of(all);
    }

    @Test
    void peopleReadWhoTheyAre() {
        CommandRun engineer = run("engineer.token");
        CommandRun agent = run("agent.token");

        assertThat(engineer.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(engineer.output())
                .contains(
                        "you are engineer@demo.example, user ",
                        "groups: 1, from the token",
                        "Synapse Contributor at workspaces/demo, by the group ",
                        "token: from demo, expires ");
        assertThat(agent.output())
                .contains("service principal", "guardrail `nightly-agent` leaves: read");
    }

    @Test
    void whoIsLoggedInNeedsToSayNothing(@TempDir Path home) throws Exception {
        Instant now = Instant.parse("2100-01-01T00:00:00Z");
        String token = Files.readString(fixture.scenery().folder().file("engineer.token"));
        ProfileStore.in(home)
                .write(
                        "default",
                        new Profile(
                                "https://issuer.example",
                                Optional.empty(),
                                new ClientRegistration(
                                        "cli", List.of(), Optional.empty(), Optional.empty()),
                                Optional.of(
                                        new ProxyAddress(fixture.base(), Optional.of(Path.of(ca)))),
                                Optional.of(
                                        new HeldTokens(
                                                Secret.of(token.strip()),
                                                now,
                                                now.plusSeconds(3600),
                                                Optional.empty(),
                                                Optional.empty()))));

        CommandRun run = CommandRun.of("who-am-i", "--home", home.toString());
        CommandRun nobody =
                CommandRun.of("who-am-i", "--home", home.toString(), "--profile", "other");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.output()).contains("you are engineer@demo.example, user ");
        assertThat(nobody.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(nobody.errors()).contains("stagedoor login --proxy");
    }

    @Test
    void scriptsReadTheDocument() throws Exception {
        CommandRun run = run("analyst.token", "--json");

        assertThat(Output.MAPPER.readTree(run.output()).at("/principal/name").asText())
                .isEqualTo("analyst@demo.example");
    }

    @Test
    void aBadTokenIsAFinding() throws Exception {
        Path bad = fixture.scenery().folder().file("bad.token");
        Files.writeString(bad, "a.b.c");

        CommandRun run = run("bad.token");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.errors()).contains("401").doesNotContain("a.b.c");
    }

    @Test
    void atokenIsNeverSentInPlainText() {
        CommandRun run =
                CommandRun.of("who-am-i", "--proxy", "http://localhost:1", "--token-file", ca);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.errors()).contains("https");
    }
}
