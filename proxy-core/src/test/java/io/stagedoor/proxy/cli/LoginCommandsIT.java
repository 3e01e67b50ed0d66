package io.stagedoor.proxy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.login.LoginIssuer;
import java.io.BufferedReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, using the token, and logging out, against an issuer on loopback. */
class LoginCommandsIT {
    private static final String PAGE = "(?m)^ {2}(https://\\S+)$";
    private static final String REFRESH = "refresh_token";

    @TempDir Path folder;

    private LoginIssuer issuer;
    private HttpClient browser;
    private String home;
    private String ca;

    @BeforeEach
    void start() throws Exception {
        issuer = new LoginIssuer();
        home = folder.resolve("home").toString();
        ca =
                Files.writeString(folder.resolve("ca.pem"), issuer.authority().certificatePem())
                        .toString();
        browser =
                HttpClient.newBuilder()
                        .sslContext(issuer.authority().trustingContext())
                        .followRedirects(HttpClient.Redirect.ALWAYS)
                        .build();
    }

    @AfterEach
    void stop() {
        browser.close();
        issuer.close();
    }

    @Test
    void aPersonLogsInThroughTheBrowserAndGetsTheirToken() throws Exception {
        LiveCommand login = login();

        HttpResponse<String> page = visit(login.awaitTold(PAGE));
        CommandRun loggedIn = login.ended();
        CommandRun token = run("token");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("You are logged in");
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(loggedIn.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(loggedIn.output()).contains("logged in as " + LoginIssuer.PERSON);
        assertThat(loggedIn.output()).doesNotContain("access-");
        assertThat(token.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(token.output()).matches("access-[0-9a-f-]{36}\\R");
    }

    @Test
    void theNextLogInNeedsNoOptions() throws Exception {
        logIn();

        LiveCommand again = LiveCommand.start("login", "--no-browser", "--home", home);
        visit(again.awaitTold(PAGE));

        assertThat(again.ended().exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(issuer.tokenRequests("authorization_code")).hasSize(2);
    }

    @Test
    void whatDoesNotRepeatTheStateChangesNothing() throws Exception {
        LiveCommand login = login();
        String page = login.awaitTold(PAGE);
        String place = parameter(page, "redirect_uri");
        String state = parameter(page, "state");

        HttpResponse<String> forged = visit(place + "?code=stolen&state=guessed");
        HttpResponse<String> twice = visit(place + "?code=a&code=b&state=" + state);
        HttpResponse<String> elsewhere = visit(place + "/more?code=a&state=" + state);
        HttpResponse<String> root = visit(place.replace("/callback", "/favicon.ico"));
        HttpResponse<String> good = visit(page);

        assertThat(Stream.of(forged, twice).map(HttpResponse::statusCode)).containsOnly(400);
        assertThat(Stream.of(elsewhere, root).map(HttpResponse::statusCode)).containsOnly(404);
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(login.ended().exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(issuer.tokenRequests("authorization_code")).hasSize(1);
    }

    @Test
    void theIssuersNoIsShownToThePersonInBothPlaces() throws Exception {
        LiveCommand login = login();
        String page = login.awaitTold(PAGE);

        HttpResponse<String> shown =
                visit(
                        parameter(page, "redirect_uri")
                                + "?error=access_denied&error_description=not%20%3Ctoday%3E%1b[31m&state="
                                + (parameter(page, "state") + "&iss=" + issuer.uri()));
        CommandRun run = login.ended();

        assertThat(shown.body()).contains("access_denied", "not &lt;today&gt;");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.errors()).contains("the issuer refused: access_denied: not <today>[31m");
        assertThat(run.errors()).doesNotContain("\u001b");
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefused() throws Exception {
        LiveCommand login = login();
        String page = login.awaitTold(PAGE);
        String answer =
                parameter(page, "redirect_uri") + "?code=a&state=" + parameter(page, "state");

        HttpResponse<String> shown = visit(answer + "&iss=https://evil.example");

        assertThat(shown.statusCode()).isEqualTo(400);
        assertThat(login.ended().errors()).contains("another issuer");
        assertThat(issuer.tokenRequests("authorization_code")).isEmpty();
    }

    @Test
    void anIdTokenWithAnotherNonceMakesNoLogIn() throws Exception {
        issuer.idToken(claims -> claims.claim("nonce", "replayed"));
        LiveCommand login = login();

        HttpResponse<String> page = visit(login.awaitTold(PAGE));
        CommandRun run = login.ended();

        assertThat(page.body()).contains("You are not logged in");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.errors()).contains("its claim `nonce` is another");
        assertThat(run("token").exitCode()).isEqualTo(ExitCodes.FINDING);
    }

    @Test
    void nobodyComingBackEndsTheLogIn() {
        CommandRun run = run(options("login", "--no-browser", "--timeout", "1"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.errors()).contains("nobody came back", "--device");
    }

    @Test
    void aPersonLogsInByACodeOnAnotherDevice() {
        issuer.deviceErrors("authorization_pending");

        CommandRun run = run(options("login", "--device", "--scope", "openid Synapse.Run"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.errors()).contains(issuer.uri() + "/activate", "WDJB-MJHT");
        assertThat(issuer.tokenRequests("urn:ietf:params:oauth:grant-type:device_code"))
                .hasSize(2)
                .allSatisfy(
                        form ->
                                assertThat(form)
                                        .containsEntry("device_code", "device-openid Synapse.Run"));
    }

    @Test
    void aPersonWhoRefusesOnTheOtherDeviceIsNotLoggedIn() {
        issuer.deviceErrors("access_denied");

        CommandRun run = run(options("login", "--device"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.errors()).contains("you refused the log-in");
    }

    @Test
    void anIssuerThatCallsItselfOtherwiseIsNotTrusted() {
        issuer.discovery(document -> document.put("issuer", "https://evil.example"));

        CommandRun run = run(options("login", "--device"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.errors()).contains("`https://evil.example`, not of `" + issuer.uri());
    }

    @Test
    void withoutIssuerOrClientNothingIsAsked() {
        CommandRun run = CommandRun.of("login", "--home", home, "--client-id", "x");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.errors()).contains("--issuer");
        assertThat(run("token").exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run("token").errors()).contains("stagedoor login --profile default");
    }

    @Test
    void theFilesAreThePersonsAlone() throws Exception {
        logIn();

        try (Stream<Path> files = Files.walk(Path.of(home))) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(
                            file ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(file)))
                                            .isIn("rwx------", "rw-------"));
        }
    }

    @Test
    void aFileThatOthersCanReadIsRefusedWithTheRemedy() throws Exception {
        logIn();
        Path file = Path.of(home, "profiles", "default.json");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        CommandRun run = run("token");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("rw-r-----", "chmod 600 " + file);
    }

    @Test
    void aTokenNearItsEndIsRenewedOnce() throws Exception {
        issuer.lifetime(Duration.ZERO);
        logIn();
        issuer.lifetime(Duration.ofHours(1));

        CommandRun first = run("token");
        CommandRun second = run("token", "--json");

        assertThat(issuer.tokenRequests(REFRESH)).hasSize(1);
        assertThat(parsed(second).path("accessToken").asText()).isEqualTo(first.output().strip());
        assertThat(parsed(second).path("account").asText()).isEqualTo(LoginIssuer.PERSON);
    }

    @Test
    void severalProcessesRenewOnceTogether() throws Exception {
        issuer.lifetime(Duration.ZERO);
        logIn();
        issuer.lifetime(Duration.ofHours(1));

        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            processes.add(process("token", "--home", home).start());
        }
        List<String> tokens = new ArrayList<>();
        for (Process process : processes) {
            tokens.add(new String(process.getInputStream().readAllBytes(), UTF_8));
            assertThat(process.waitFor()).isZero();
        }

        assertThat(tokens).allMatch(token -> token.startsWith("access-"));
        assertThat(tokens.stream().distinct()).hasSize(1);
        assertThat(issuer.tokenRequests(REFRESH)).hasSize(1);
    }

    @Test
    void aTokenAtHandIsGivenWithAWarningWhileTheIssuerIsAway() throws Exception {
        logIn();
        bringNearItsEnd();
        issuer.close();

        CommandRun run = run("token");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.output()).startsWith("access-");
        assertThat(run.errors()).contains("was not renewed", "cannot be asked");
    }

    @Test
    void aLogInThatTheIssuerEndedSaysSo() throws Exception {
        issuer.lifetime(Duration.ZERO);
        logIn();
        issuer.forgetRefreshTokens();

        CommandRun run = run("token");
        CommandRun check = run("token", "--check");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.errors()).contains("invalid_grant: this is why", "stagedoor login");
        assertThat(check.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(issuer.tokenRequests(REFRESH)).hasSize(1);
    }

    @Test
    void anIssuerThatIsAwayIsUnreachableOnlyWhenItIsNeeded() throws Exception {
        logIn();
        issuer.close();

        CommandRun good = run("token", "--check");
        CommandRun login = run(options("login", "--device"));

        assertThat(good.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(good.output()).doesNotContain("access-");
        assertThat(login.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(login.errors()).contains("cannot be asked");
    }

    @Test
    void loggingOutRevokesAndForgetsTheTokensAndKeepsTheProfile() throws Exception {
        logIn();

        CommandRun out = run("logout");
        CommandRun again = run("logout");
        LiveCommand login = LiveCommand.start("login", "--no-browser", "--home", home);
        String page = login.awaitTold(PAGE);
        visit(page);

        assertThat(out.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(out.output()).contains("revoked");
        assertThat(issuer.revoked()).hasSize(1);
        assertThat(again.output()).contains("nobody was logged in");
        assertThat(login.ended().exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void loggingOutRemovesTheTokensAlsoWhenTheIssuerIsAway() throws Exception {
        logIn();
        issuer.close();

        CommandRun out = run("logout", "--forget");

        assertThat(out.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(out.output()).contains("the issuer was not told");
        assertThat(Path.of(home, "profiles", "default.json")).doesNotExist();
    }

    @Test
    void envPrintsWhatTheProfileRemembers() throws Exception {
        LiveCommand login =
                LiveCommand.start(
                        options(
                                "login",
                                "--home",
                                home,
                                "--no-browser",
                                "--proxy",
                                "https://ws1.dev.synapse.example/",
                                "--ca",
                                ca));
        visit(login.awaitTold(PAGE));
        login.ended();

        CommandRun az = run("env", "--client", "az");
        JsonNode all = parsed(run("env", "--json"));

        assertThat(az.output())
                .contains(
                        "az cloud update -n AzureCloud --cloud-config"
                                + " '{\"suffixes\":{\"synapseAnalyticsEndpoint\":\".dev.synapse.example\"}}'");
        assertThat(all.at("/variables/STAGEDOOR_ENDPOINT").asText())
                .isEqualTo("https://ws1.dev.synapse.example");
        assertThat(all.at("/variables/NODE_EXTRA_CA_CERTS").asText()).isEqualTo(ca);
        assertThat(all.path("commands")).isEmpty();
    }

    @Test
    void envWithoutAnyAddressSaysWhatToSay() {
        CommandRun run = run("env");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.errors()).contains("--proxy");
    }

    @Test
    void execRunsTheCommandWithTokenAndSettingsAndIsTransparent() throws Exception {
        logIn();
        String script =
                "read line; echo \"$line $STAGEDOOR_TOKEN $STAGEDOOR_ENDPOINT\"; cat \"$AZURE_CONFIG_DIR\"/clouds.config;"
                        + " echo trouble >&2; exit 7";

        Process process =
                process(
                                "exec",
                                "--home",
                                home,
                                "--proxy",
                                "https://ws1.dev.synapse.example",
                                "--",
                                "sh",
                                "-c",
                                script)
                        .start();
        process.getOutputStream().write("hello\n".getBytes(UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(output)
                .startsWith("hello access-")
                .contains("https://ws1.dev.synapse.example")
                .contains("suffix_synapse_analytics_endpoint = .dev.synapse.example");
        assertThat(errors).isEqualTo("trouble\n");
    }

    @Test
    void execPassesTheRequestToEndOnAndAnswersAsTheCommandDoes() throws Exception {
        logIn();
        Process process =
                process(
                                "exec",
                                "--home",
                                home,
                                "--",
                                "sh",
                                "-c",
                                "trap 'echo told; exit 9' TERM; echo ready; for i in $(seq 600);"
                                        + " do sleep 0.05; done")
                        .start();
        BufferedReader lines = process.inputReader();
        String ready = lines.readLine();

        process.toHandle().destroy();

        assertThat(ready).isEqualTo("ready");
        assertThat(lines.readLine()).isEqualTo("told");
        assertThat(process.waitFor()).isEqualTo(9);
    }

    @Test
    void execWithoutALogInRunsNothing() {
        Path mark = folder.resolve("mark");

        CommandRun run = run("exec", "--", "touch", mark.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(mark).doesNotExist();
    }

    @Test
    void execOfSomethingThatIsNotThereIsAUsageError() throws Exception {
        logIn();

        Process process = process("exec", "--home", home, "/no/such/program").start();
        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(ExitCodes.USAGE);
        assertThat(errors).contains("`/no/such/program` cannot be run");
    }

    private void bringNearItsEnd() throws Exception {
        Path file = Path.of(home, "profiles", "default.json");
        ObjectNode profile = (ObjectNode) Output.MAPPER.readTree(file.toFile());
        Instant now = InstantSource.system().instant();
        ((ObjectNode) profile.path("tokens"))
                .put("obtained", now.minusSeconds(3500).toString())
                .put("expires", now.plusSeconds(100).toString());
        Files.writeString(file, profile.toString());
    }

    private LiveCommand login() {
        return LiveCommand.start(options("login", "--no-browser", "--home", home));
    }

    private void logIn() throws Exception {
        LiveCommand login = login();
        visit(login.awaitTold(PAGE));
        assertThat(login.ended().exitCode()).isEqualTo(ExitCodes.OK);
    }

    private String[] options(String... first) {
        return Stream.concat(
                        Stream.of(first),
                        Stream.of(
                                "--issuer",
                                issuer.uri(),
                                "--client-id",
                                LoginIssuer.CLIENT,
                                "--issuer-ca",
                                ca))
                .toArray(String[]::new);
    }

    /** Runs a command in this person's folder; a command of `exec` stays behind its options. */
    private CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--home", home));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private HttpResponse<String> visit(String page) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(page)).build(), BodyHandlers.ofString());
    }

    private static String parameter(String page, String name) {
        return Stream.of(URI.create(page).getRawQuery().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode parsed(CommandRun run) throws Exception {
        return Output.MAPPER.readTree(run.output());
    }
}
