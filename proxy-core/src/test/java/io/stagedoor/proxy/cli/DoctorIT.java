package io.stagedoor.proxy.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.testing.FakeGraph;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code doctor} over the demo's scenery, whole and broken at each link. */
class DoctorIT {

    private static final InstantSource CLOCK = InstantSource.system();

    private DemoScenery scenery;

    @BeforeEach
    void set() throws IOException {
        scenery = DemoScenery.set(CLOCK, 0, freePort());
    }

    @AfterEach
    void strike() {
        scenery.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private CommandRun doctor(String... more) {
        String[] usual = {"doctor", "--config", scenery.configuration().toString()};
        String[] all = java.util.Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return CommandRun.of(all);
    }

    private void edit(UnaryOperator<String> change) throws IOException {
        Path file = scenery.configuration();
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    @Test
    void aWholeChainIsGoodLinkByLink() throws Exception {
        CommandRun run = doctor();

        assertThat(run.exitCode()).as(run.output()).isEqualTo(ExitCodes.OK);
        assertThat(run.output())
                .contains(
                        "ok    configuration: ",
                        "ok    certificate proxy.pem: it has 29 days left",
                        "ok    issuer demo: 1 usable keys",
                        "ok    clock of demo: its clock and ours agree",
                        "ok    upstream demo: `" + scenery.workspace().uri() + "` answers by TLS",
                        "ok    credential of demo: a token by static bearer",
                        "ok    assignments of demo: 6 are known",
                        "ok    audit folder: it can be written",
                        "ok    clients of demo: az synapse asks for `https://dev.azuresynapse.net`,"
                                + " which is accepted",
                        "warn  clients of demo: tokens for `https://dev.azuresynapse.net` are good"
                                + " at the workspace itself too",
                        "warn  running proxy: none answers at port ")
                .doesNotContain("fail  ")
                .doesNotContain(Files.readString(scenery.folder().file("upstream.token")));
    }

    @Test
    void scriptsGetADocument() throws Exception {
        JsonNode document = Output.MAPPER.readTree(doctor("--json").output());

        assertThat(document.path("findings").findValuesAsText("level")).contains("ok", "warn");
        assertThat(document.at("/findings/0/subject").asText()).isEqualTo("configuration");
        assertThat(document.path("findings").findValuesAsText("help")).isNotEmpty();
    }

    @Test
    void aBadConfigurationIsAllThereIsToSay() throws Exception {
        edit(yaml -> yaml.replace("port: ", "prot: "));

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.output()).contains("fail  configuration: ", "unknown key `prot`");
    }

    @Test
    void aDirectoryOfGroupsIsTriedOutAndItsMissingPermissionNamed() throws Exception {
        try (FakeGraph graph = FakeGraph.start()) {
            edit(yaml -> yaml + graph.entry(DemoCast.TENANT, ""));

            CommandRun good = doctor();
            graph.answerAll(aResponse().withStatus(403));
            CommandRun refused = doctor();

            assertThat(good.exitCode()).as(good.output()).isEqualTo(ExitCodes.OK);
            assertThat(good.output()).contains("ok    directory entra: ");
            assertThat(refused.exitCode()).isEqualTo(ExitCodes.FINDING);
            assertThat(refused.output())
                    .contains("fail  directory entra: ")
                    .contains("GroupMember.Read.All");
        }
    }

    @Test
    void anIssuerThatIsAskedAboutTokensIsAskedAboutOne() throws Exception {
        AtomicBoolean refusing = new AtomicBoolean();
        try (LoopbackServer issuer =
                LoopbackServer.start(
                        scenery.authority().issue(),
                        _ ->
                                refusing.get()
                                        ? Answer.empty(401)
                                        : Answer.json(200, "{\"active\":false}"))) {
            edit(
                    yaml ->
                            yaml.replace(
                                    "issuers:\n  - name: demo\n",
                                    "issuers:\n  - name: demo\n    introspection:\n      uri: "
                                            + issuer.uri()
                                            + "/introspect\n      client_id: proxy\n"
                                            + "      client_secret: file:upstream.token\n"
                                            + "      trusted_certificates: ca.pem\n"));

            CommandRun good = doctor();
            refusing.set(true);
            CommandRun refused = doctor();

            assertThat(good.output())
                    .contains("ok    issuer demo: it answers questions about tokens");
            assertThat(refused.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
            assertThat(refused.output()).contains("fail  issuer demo: ", "check `introspection`");
        }
    }

    @Test
    void anIssuerThatIsDownIsUnreachable() throws Exception {
        scenery.issuer().close();

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.output())
                .contains("fail  issuer demo: its keys cannot be had: ")
                .contains("ok    upstream demo: ");
    }

    @Test
    void anIssuerThatStatesAnotherNameIsFound() throws Exception {
        edit(yaml -> yaml.replace("/v2.0\n", "/v2.0/\n"));

        CommandRun run = doctor();

        assertThat(run.output()).contains("discovery document: it states another issuer");
    }

    @Test
    void anUpstreamThatNobodyVouchesForIsFound() throws Exception {
        edit(
                yaml ->
                        yaml.replace(
                                "      trusted_certificates: ca.pem\n    credential",
                                "    credential"));

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
        assertThat(run.output())
                .contains("fail  upstream demo: `", "does not answer: ")
                .contains("fail  assignments of demo: they cannot be read: ");
    }

    @Test
    void aRefusedCredentialIsFoundWhereItMatters() throws Exception {
        scenery.workspace().acceptOnly("another");

        CommandRun run = doctor();

        assertThat(run.output()).contains("fail  assignments of demo: they cannot be read: ");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
    }

    @Test
    void aCertificateForAnotherHostAndOneThatIsAboutToExpireAreFound() throws Exception {
        edit(yaml -> yaml.replace("    path_prefix:", "    hosts: [ws.example]\n    path_prefix:"));
        var soon = scenery.authority().issue(CLOCK.instant().plus(Duration.ofDays(3)));
        Files.writeString(scenery.folder().file("proxy.pem"), soon.certificateChainPem());
        Files.writeString(scenery.folder().file("proxy.key"), soon.privateKeyPem());

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.output())
                .contains("fail  listener: no certificate is for the host `ws.example`")
                .contains("warn  certificate proxy.pem: it has 2 days left");
    }

    @Test
    void clientsThatCanOnlyAskForTheUpstreamAreToldWhereThatIsNotAccepted() throws Exception {
        edit(yaml -> yaml.replace("[https://dev.azuresynapse.net]", "[api://stagedoor]"));

        CommandRun run = doctor();

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.output())
                .contains("warn  clients of demo: az synapse asks for")
                .contains("whatever it is told, and that is not accepted")
                .contains("have it ask for `api://stagedoor`")
                .doesNotContain("are good at the workspace itself too");
    }

    @Test
    void aRunningProxyIsAskedHowItIs() throws Exception {
        int port = freePort();
        try (ProxyFixture fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace(
                                        "admin:\n  host: 127.0.0.1\n  port: 0",
                                        "admin:\n  host: 127.0.0.1\n  port: " + port))) {
            CommandRun run =
                    CommandRun.of("doctor", "-c", fixture.scenery().configuration().toString());

            assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
            assertThat(run.output()).contains("ok    running proxy: it is well, says `http://");
        }
    }
}
