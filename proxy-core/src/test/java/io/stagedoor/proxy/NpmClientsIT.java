package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.testing.ClientProcess;
import io.stagedoor.proxy.testing.FactoryScene;
import io.stagedoor.proxy.testing.FakeFactory;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RealNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The Azure SDKs for JavaScript, unmodified, against the proxy. Needs Node.js and the npm registry, so
 * it runs in the profile {@code clients} only.
 */
@Tag("clients")
@ResourceLock(RealNames.ADDRESS)
class NpmClientsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SOURCES = Path.of("src/test/clients");
    private static final Path WORK = Path.of("target/clients");

    @Test
    void unmodifiedSdkListsRunsPollsAndReadsItsRefusal() throws Exception {
        install();
        try (ProxyFixture fixture =
                ProxyFixture.start(yaml -> yaml, scenery -> scenery.workspace().pageSize(2))) {
            Path folder = fixture.scenery().folder().path();

            JsonNode result =
                    JSON.readTree(
                            new ClientProcess(WORK)
                                    .with("STAGEDOOR_ENDPOINT", fixture.base().toString())
                                    .with("STAGEDOOR_TOKENS", folder.toString())
                                    .with(
                                            "NODE_EXTRA_CA_CERTS",
                                            folder.resolve("ca.pem").toString())
                                    .run("node", "synapse.mjs"));

            assertThat(result.at("/pages").asInt()).isEqualTo(2);
            assertThat(result.at("/pipelines").toString()).contains("nightly", "weekly");
            assertThat(result.at("/runId").asText()).isNotEmpty();
            assertThat(result.at("/polledRunId")).isEqualTo(result.at("/runId"));
            assertThat(result.at("/roles").asInt()).isEqualTo(11);
            assertThat(result.at("/refusal/status").asInt()).isEqualTo(403);
            assertThat(result.at("/refusal/message").asText())
                    .contains("credentials/useSecret/action");
            assertNothingWentAround(fixture);
        }
    }

    /** The client knows no other name: what reached the workspace came through the proxy. */
    private static void assertNothingWentAround(ProxyFixture fixture) {
        assertThat(
                        fixture.workspace()
                                .requests(
                                        seen ->
                                                seen.field("X-Stagedoor-Decision-Id").isEmpty()
                                                        && !seen.path().startsWith("/role")))
                .isEmpty();
    }

    @Test
    void unmodifiedDataFactorySdkPagesRunsPollsAndReadsItsRefusal() throws Exception {
        install();
        try (FactoryScene scene = FactoryScene.start();
                RealNames realNames = RealNames.listen()) {
            Path folder = scene.fixture().scenery().folder().path();

            JsonNode result =
                    JSON.readTree(
                            new ClientProcess(WORK)
                                    .host("127.0.0.1", "localhost")
                                    .host(
                                            RealNames.ADDRESS,
                                            "management.azure.com",
                                            "login.microsoftonline.com")
                                    .with("STAGEDOOR_ENDPOINT", scene.base())
                                    .with("STAGEDOOR_SUBSCRIPTION", FakeFactory.SUBSCRIPTION)
                                    .with("STAGEDOOR_TOKENS", folder.toString())
                                    .with(
                                            "NODE_EXTRA_CA_CERTS",
                                            folder.resolve("ca.pem").toString())
                                    .run("node", "datafactory.mjs"));

            assertThat(result.at("/pages").asInt()).isEqualTo(2);
            assertThat(result.at("/pipelines").toString()).contains("daily", "payroll");
            assertThat(result.at("/polledRunId")).isEqualTo(result.at("/runId"));
            assertThat(result.at("/queried").toString()).contains(result.at("/runId").asText());
            assertThat(result.at("/runtime").asText()).isEqualTo("ir1");
            assertThat(result.at("/refusal/status").asInt()).isEqualTo(403);
            assertThat(result.at("/refusal/message").asText())
                    .contains("credentials/useSecret/action");
            assertThat(scene.factory().requests())
                    .allMatch(seen -> seen.field("X-Stagedoor-Decision-Id").isPresent());
            assertThat(realNames.connections()).isZero();
        }
    }

    private static void install() throws Exception {
        Files.createDirectories(WORK);
        for (String file : new String[] {"package.json", "synapse.mjs", "datafactory.mjs"}) {
            Files.copy(
                    SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        new ClientProcess(WORK)
                .run("npm", "install", "--no-audit", "--no-fund", "--package-lock=false");
    }
}
