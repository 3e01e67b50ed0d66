package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.keycloak.KeycloakProxy;
import io.stagedoor.proxy.keycloak.KeycloakServer;
import io.stagedoor.proxy.keycloak.SharedKeycloak;
import io.stagedoor.proxy.testing.HeadlessBrowser;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Logging in at a real Keycloak with a real browser, and what the token is good for. */
@Tag("keycloak")
@ExtendWith(SharedKeycloak.class)
class KeycloakLoginIT {
    private static final String PAGE = "(?m)^ {2}(https://\\S+)$";

    private static KeycloakServer keycloak;
    private static ProxyFixture proxy;

    @TempDir Path folder;

    @BeforeAll
    static void start(KeycloakServer shared) throws Exception {
        keycloak = shared;
        proxy = KeycloakProxy.start(shared);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void aPersonLogsInWithTheBrowserAndRunsThePipeline() throws Exception {
        LiveCommand login = LiveCommand.start(options("stagedoor-cli", "login", "--no-browser"));
        logInAs("ada", login.awaitTold(PAGE), "You are logged in");
        CommandRun loggedIn = login.ended();

        CommandRun token = run("token");

        assertThat(loggedIn.errors()).doesNotContain("refused");
        assertThat(loggedIn.output()).contains("logged in as ada with the profile `default`");
        assertThat(status(token, "POST", KeycloakProxy.RUN)).isEqualTo(202);
    }

    @Test
    void aTokenNearItsEndIsRenewedAndLoggingOutEndsThat() throws Exception {
        LiveCommand login = LiveCommand.start(options("stagedoor-brief", "login", "--no-browser"));
        logInAs("alan", login.awaitTold(PAGE), "You are logged in");
        login.ended();

        CommandRun first = run("token");
        CommandRun second =
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> run("token"), each -> !each.output().equals(first.output()));
        JsonNode profile =
                Output.MAPPER.readTree(folder.resolve("home/profiles/default.json").toFile());
        CommandRun out = run("logout");
        JsonNode afterwards =
                keycloak.token(
                        Map.of(
                                "grant_type", "refresh_token",
                                "client_id", "stagedoor-brief",
                                "refresh_token", profile.at("/tokens/refreshToken").asText()));

        assertThat(first.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(status(second, "GET", "/pipelines")).isEqualTo(200);
        assertThat(out.output()).contains("the issuer has revoked the tokens");
        assertThat(afterwards.path("error").asText()).isEqualTo("invalid_grant");
        assertThat(run("token").exitCode()).isEqualTo(ExitCodes.FINDING);
    }

    @Test
    void aPersonLogsInByACodeThatTheyAcceptInTheBrowser() throws Exception {
        LiveCommand login = LiveCommand.start(options("stagedoor-cli", "login", "--device"));
        String page = login.awaitTold("or visit this page, and compare the code: (https://\\S+)");
        try (HeadlessBrowser browser = HeadlessBrowser.start(folder.resolve("browser"))) {
            browser.visit(page);
            typeCredentials(browser, "ada");
            browser.click("[name=accept]");
            browser.awaitText("Device Login Successful");
        }

        CommandRun run = login.ended();

        assertThat(run.output()).contains("logged in as ada");
        assertThat(status(run("token"), "GET", "/pipelines")).isEqualTo(200);
    }

    @Test
    void aPersonWhoRefusesTheCodeInTheBrowserIsNotLoggedIn() throws Exception {
        LiveCommand login = LiveCommand.start(options("stagedoor-cli", "login", "--device"));
        String page = login.awaitTold("or visit this page, and compare the code: (https://\\S+)");
        try (HeadlessBrowser browser = HeadlessBrowser.start(folder.resolve("browser"))) {
            browser.visit(page);
            typeCredentials(browser, "ada");
            browser.click("[name=cancel]");
            browser.awaitText("Device Login Failed");
        }

        CommandRun run = login.ended();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.errors()).contains("you refused the log-in");
    }

    private void logInAs(String person, String page, String shown) throws Exception {
        try (HeadlessBrowser browser = HeadlessBrowser.start(folder.resolve("browser"))) {
            browser.visit(page);
            typeCredentials(browser, person);
            browser.awaitText(shown);
            assertThat(browser.address()).startsWith("http://127.0.0.1:");
        }
    }

    private static void typeCredentials(HeadlessBrowser browser, String person) throws Exception {
        browser.type("#username", person);
        browser.type("#password", keycloak.password());
        browser.click("#kc-login");
    }

    private String[] options(String client, String... first) {
        return Stream.concat(
                        Stream.of(first),
                        Stream.of(
                                "--home",
                                folder.resolve("home").toString(),
                                "--issuer",
                                keycloak.issuer(),
                                "--client-id",
                                client,
                                "--issuer-ca",
                                keycloak.authorityFile().toString()))
                .toArray(String[]::new);
    }

    private CommandRun run(String command) {
        return CommandRun.of(command, "--home", folder.resolve("home").toString());
    }

    private static int status(CommandRun token, String method, String path) throws Exception {
        return KeycloakProxy.status(proxy, token.output().strip(), method, path);
    }
}
