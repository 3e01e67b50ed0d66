package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code refresh} and {@code health} against a running proxy whose own port speaks TLS. */
class RefreshIT {

    private static final String AUDIENCE = "api://stagedoor-admin";

    private ProxyFixture fixture;
    private String config;

    @BeforeEach
    void start() throws IOException {
        int port = freePort();
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace("poll_interval: 5s", "poll_interval: 1m")
                                        .replace("audiences: [", "audiences: ['" + AUDIENCE + "', ")
                                        .replaceFirst(
                                                "admin:\n  host: 127.0.0.1\n  port: 0\n",
                                                adminSection(port)),
                        RefreshIT::addFiles);
        config = fixture.scenery().configuration().toString();
    }

    private static String adminSection(int port) {
        return "admin:\n  host: 127.0.0.1\n  port: "
                + port
                + "\n  tls: {certificate: admin.pem, private_key: admin.key}\n"
                + "  api_key: file:admin.secret\n  audience: "
                + AUDIENCE
                + "\n  operators: {tenant: "
                + DemoCast.TENANT
                + ", principals: ["
                + DemoCast.ENGINEER.id().objectId()
                + "]}\n";
    }

    private static void addFiles(DemoScenery scenery) {
        ServerIdentity identity = scenery.authority().issue("admin.example");
        scenery.folder().write("admin.pem", identity.certificateChainPem());
        scenery.folder().write("admin.key", identity.privateKeyPem());
        scenery.folder().write("admin.secret", "k".repeat(40));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theKeyOfTheConfigurationIsShownToTheProxyOfTheConfiguration() throws Exception {
        CommandRun all = CommandRun.of("refresh", "--config", config);
        CommandRun one = CommandRun.of("refresh", "--json", "--config", config, "demo");
        CommandRun none = CommandRun.of("refresh", "--config", config, "nowhere");
        CommandRun health = CommandRun.of("health", "--config", config);

        assertThat(all.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(all.output()).startsWith("demo: read; in use: snapshot ");
        JsonNode document = Output.MAPPER.readTree(one.output());
        assertThat(document.at("/workspaces/0/refreshed").asBoolean()).isTrue();
        assertThat(none.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(none.errors()).contains("no workspace of this name");
        assertThat(health.exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void aTokenIsShownWhereAnAddressIsGiven() throws Exception {
        String admin = fixture.adminBase().toString();
        String ca = fixture.scenery().folder().file("ca.pem").toString();
        Path token = fixture.scenery().folder().file("operator.token");
        Files.writeString(
                token,
                fixture.scenery()
                                .issuer()
                                .mint(DemoCast.ENGINEER.claims(AUDIENCE), Duration.ofMinutes(5))
                        + "\n");

        CommandRun good =
                CommandRun.of(
                        "refresh", "--admin", admin, "--ca", ca, "--token-file", token.toString());
        CommandRun nobody = CommandRun.of("refresh", "--admin", admin, "--ca", ca);
        CommandRun distrusted =
                CommandRun.of("refresh", "--admin", admin, "--token-file", token.toString());

        assertThat(good.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(nobody.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(nobody.errors()).contains("--token-file");
        assertThat(distrusted.exitCode()).isEqualTo(ExitCodes.UNREACHABLE);
    }

    @Test
    void whatCouldNotBeReadIsAFinding() {
        fixture.workspace()
                .replyOnce(
                        request -> request.path().contains("roleAssignments"), Answer.empty(500));

        CommandRun run = CommandRun.of("refresh", "--config", config);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FINDING);
        assertThat(run.output()).contains("demo: not read: ", "in use: snapshot ");
    }

    @Test
    void aNewCertificateIsShownWithoutARestart() throws Exception {
        ServerIdentity next = fixture.scenery().authority().issue("admin2.example");
        fixture.edit("admin.key", _ -> next.privateKeyPem());
        fixture.edit("admin.pem", _ -> next.certificateChainPem());

        CommandRun health = CommandRun.of("health", "--config", config);
        fixture.edit("admin.key", _ -> "broken");
        CommandRun kept =
                CommandRun.of(
                        "health",
                        "--admin",
                        fixture.adminBase().toString(),
                        "--ca",
                        fixture.scenery().folder().file("ca.pem").toString());

        assertThat(health.errors()).isEmpty();
        assertThat(health.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(kept.exitCode()).isEqualTo(ExitCodes.OK);
    }
}
