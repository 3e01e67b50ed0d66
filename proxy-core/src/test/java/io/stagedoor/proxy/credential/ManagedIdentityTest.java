package io.stagedoor.proxy.credential;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The identity endpoint of an App Service, on loopback, and a process that believes it is there. */
class ManagedIdentityTest {

    private static final WireMockServer ENDPOINT =
            new WireMockServer(
                    WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
    private static final String CLIENT = "829ae9c5-0000-4000-8000-000000000001";

    @TempDir private Path folder;

    @BeforeEach
    void open() {
        if (!ENDPOINT.isRunning()) {
            ENDPOINT.start();
        }
        ENDPOINT.resetAll();
    }

    @AfterAll
    static void close() {
        ENDPOINT.stop();
    }

    @Test
    void getsATokenFromTheEndpointOfThePlatform() throws Exception {
        serveToken();

        List<String> report = report(List.of());

        assertThat(report).containsExactly("acquired Bearer managed", "again Bearer managed");
        ENDPOINT.verify(
                getRequestedFor(urlPathEqualTo("/identity"))
                        .withHeader("x-identity-header", equalTo("platform-secret"))
                        .withQueryParam("resource", equalTo("https://dev.azuresynapse.net"))
                        .withoutQueryParam("client_id"));
    }

    @Test
    void namesTheUserAssignedIdentity() throws Exception {
        serveToken();

        report(List.of(CLIENT));

        ENDPOINT.verify(
                getRequestedFor(urlPathEqualTo("/identity"))
                        .withQueryParam("client_id", equalTo(CLIENT)));
    }

    @Test
    void saysThatThePlatformRefused() throws Exception {
        ENDPOINT.stubFor(
                get(urlPathEqualTo("/identity"))
                        .willReturn(
                                aResponse()
                                        .withStatus(400)
                                        .withHeader("content-type", "application/json")
                                        .withBody("{\"message\":\"no identity here\"}")));

        List<String> report = report(List.of());

        assertThat(report)
                .singleElement()
                .asString()
                .startsWith("failed the managed identity gave no token:");
    }

    private static void serveToken() {
        long expiresOn =
                InstantSource.system().instant().plus(Duration.ofHours(2)).getEpochSecond();
        ENDPOINT.stubFor(
                get(urlPathEqualTo("/identity"))
                        .willReturn(
                                aResponse()
                                        .withHeader("content-type", "application/json")
                                        .withBody(
                                                """
                                                {"access_token":"managed","expires_on":"WHEN",\
                                                "resource":"https://dev.azuresynapse.net",\
                                                "token_type":"Bearer","client_id":"x"}"""
                                                        .replace(
                                                                "WHEN",
                                                                String.valueOf(expiresOn)))));
    }

    private List<String> report(List<String> arguments) throws IOException, InterruptedException {
        Path result = folder.resolve("result");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ManagedIdentityProcess.class.getName(),
                                result.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("IDENTITY_ENDPOINT", ENDPOINT.baseUrl() + "/identity");
        builder.environment().put("IDENTITY_HEADER", "platform-secret");
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(folder.resolve("result")).as(() -> log()).exists();
        return Files.readAllLines(result);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException unreadable) {
            return "no log";
        }
    }
}
