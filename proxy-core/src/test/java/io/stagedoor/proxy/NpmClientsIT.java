package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The Azure SDKs for JavaScript, unmodified, against the proxy. Needs Node.js and the npm registry, so
 * it runs in the profile {@code clients} only.
 */
@Tag("clients")
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
            Map<String, String> environment =
                    Map.of(
                            "STAGEDOOR_ENDPOINT", fixture.base().toString(),
                            "STAGEDOOR_TOKENS", folder.toString(),
                            "NODE_EXTRA_CA_CERTS", folder.resolve("ca.pem").toString());

            JsonNode result = JSON.readTree(run(environment, "node", "synapse.mjs"));

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

    private static void install() throws Exception {
        Files.createDirectories(WORK);
        for (String file : new String[] {"package.json", "synapse.mjs"}) {
            Files.copy(
                    SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        run(Map.of(), "npm", "install", "--no-audit", "--no-fund", "--package-lock=false");
    }

    private static String run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(WORK.toFile());
        builder.environment().putAll(environment);
        Process process = builder.redirectError(WORK.resolve("errors.txt").toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        assertThat(ended).isTrue();
        assertThat(process.exitValue())
                .as(output + Files.readString(WORK.resolve("errors.txt")))
                .isZero();
        return output;
    }
}
