package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.testing.ClientProcess;
import io.stagedoor.proxy.testing.FactoryScene;
import io.stagedoor.proxy.testing.FakeFactory;
import io.stagedoor.proxy.testing.ManagedIdentityEndpoint;
import io.stagedoor.proxy.testing.RealNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The Azure CLI as Debian packages it, with nothing but what {@code stagedoor env --client az} prints:
 * the cloud's metadata, and with them Resource Manager and the workspaces, come from the proxy. The
 * real names lead to a listener to which nobody connects.
 */
@Tag("clients")
@ResourceLock(RealNames.ADDRESS)
class AzClientIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANAGEMENT = "management.proxy.example";
    private static final String WORKSPACE = "demo.synapse.proxy.example";
    private static final String PIPELINES = FakeFactory.FACTORY + "/pipelines";
    private static final String VERSION = "?api-version=2018-06-01";

    @TempDir static Path folder;

    private static FactoryScene scene;
    private static RealNames realNames;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        scene =
                FactoryScene.start(
                        scenery -> {
                            ServerIdentity named =
                                    scenery.authority().issue(MANAGEMENT, WORKSPACE, "localhost");
                            scenery.folder().write("named.pem", named.certificateChainPem());
                            scenery.folder().write("named.key", named.privateKeyPem());
                        },
                        yaml ->
                                yaml.replaceFirst("port: 0", "port: " + port)
                                        .replace("proxy.pem", "named.pem")
                                        .replace("proxy.key", "named.key")
                                        .replace(
                                                "    path_prefix: /synapse/demo\n",
                                                "    path_prefix: /synapse/demo\n    hosts: ["
                                                        + WORKSPACE
                                                        + "]\n")
                                        .replace(
                                                "    path_prefix: /arm\n",
                                                "    path_prefix: /arm\n    hosts: ["
                                                        + MANAGEMENT
                                                        + "]\n"));
        realNames = RealNames.listen();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() {
        realNames.close();
        scene.close();
    }

    @Test
    void usesFactoriesAndWorkspacesThroughTheProxyAlone() throws Exception {
        try (ManagedIdentityEndpoint identity = identityOf(DemoCast.ENGINEER)) {
            ClientProcess az = az("engineer", identity);

            az.run("az", "login", "--identity", "--only-show-errors");

            JsonNode account = json(az.run("az", "account", "show"));
            assertThat(account.at("/id").asText()).isEqualTo(FakeFactory.SUBSCRIPTION);
            useFactory(az);
            useWorkspace(az);
            assertThat(realNames.connections()).isZero();
        }
    }

    private static void useFactory(ClientProcess az) throws Exception {
        String start = PIPELINES + "/daily/createRun" + VERSION;

        JsonNode pipelines = json(az.run("az", "rest", "--url", PIPELINES + VERSION));
        JsonNode run = json(az.run("az", "rest", "--method", "post", "--url", start));

        assertThat(pipelines.at("/value")).hasSize(2);
        assertThat(pipelines.at("/nextLink").asText()).startsWith("https://" + MANAGEMENT);
        assertThat(scene.factory().runs()).contains(run.at("/runId").asText());
    }

    private static void useWorkspace(ClientProcess az) throws Exception {
        JsonNode pipelines = json(az.run(onWorkspace("pipeline", "list")));
        JsonNode run = json(az.run(onWorkspace("pipeline", "create-run", "--name", "nightly")));

        assertThat(pipelines.toString()).contains("nightly");
        assertThat(run.at("/runId").asText()).isNotEmpty();
    }

    private static String[] onWorkspace(String... call) {
        List<String> words = new ArrayList<>(List.of("az", "synapse"));
        words.addAll(List.of(call));
        words.addAll(List.of("--workspace-name", "demo", "--only-show-errors"));
        return words.toArray(String[]::new);
    }

    @Test
    void readsItsRefusal() throws Exception {
        try (ManagedIdentityEndpoint identity = identityOf(DemoCast.ANALYST)) {
            ClientProcess az = az("analyst", identity);
            az.run("az", "login", "--identity", "--only-show-errors");

            ClientProcess.Ending refused =
                    az.end(onWorkspace("pipeline", "create-run", "--name", "nightly"));

            assertThat(refused.status()).isNotZero();
            assertThat(refused.errors())
                    .contains("credentials/useSecret/action")
                    .contains("assign role");
            assertThat(realNames.connections()).isZero();
        }
    }

    private static ManagedIdentityEndpoint identityOf(CastMember caller) throws IOException {
        return ManagedIdentityEndpoint.start(() -> scene.token(caller));
    }

    /** The CLI with a folder of its own and the printed settings. */
    private static ClientProcess az(String user, ManagedIdentityEndpoint identity)
            throws IOException {
        Path home = Files.createDirectories(folder.resolve(user));
        Files.createDirectories(home.resolve("azure"));
        ClientProcess process =
                new ClientProcess(home)
                        .host("127.0.0.1", "localhost", MANAGEMENT, WORKSPACE)
                        .host(
                                RealNames.ADDRESS,
                                "management.azure.com",
                                "demo.dev.azuresynapse.net",
                                "login.microsoftonline.com",
                                "graph.microsoft.com",
                                "graph.windows.net")
                        .with("AZURE_CONFIG_DIR", home.resolve("azure").toString())
                        .with("AZURE_CORE_COLLECT_TELEMETRY", "false")
                        .with("AZURE_CORE_OUTPUT", "json")
                        .with("MSI_ENDPOINT", identity.uri());
        printed(home.resolve("stagedoor"))
                .properties()
                .forEach(each -> process.with(each.getKey(), each.getValue().asText()));
        return process;
    }

    /** The variables that the proxy's own command says az needs. */
    private static JsonNode printed(Path home) throws IOException {
        Path demo = scene.fixture().scenery().configuration();
        CommandRun env =
                CommandRun.of(
                        "env",
                        "--json",
                        "--client",
                        "az",
                        "--workspace",
                        "demo",
                        "--config",
                        demo.toString(),
                        "--ca",
                        demo.resolveSibling("ca.pem").toString(),
                        "--home",
                        home.toString());
        assertThat(env.exitCode()).as(env.errors()).isZero();
        return json(env.output()).at("/variables");
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }
}
