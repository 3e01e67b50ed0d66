package io.stagedoor.proxy.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.stagedoor.proxy.refresh.testing.TestSite.CONNECTION;
import static io.stagedoor.proxy.refresh.testing.TestSite.SALES;
import static io.stagedoor.proxy.refresh.testing.TestSite.json;
import static io.stagedoor.proxy.refresh.testing.TestSite.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import io.stagedoor.proxy.refresh.testing.TestSite;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the proxy does at a Tableau site by itself, seen from its commands and its own port. */
class ConnectionsIT {

    @RegisterExtension static final FakeWorkspace TABLEAU = new FakeWorkspace();

    private static final String KEY = "k".repeat(40);
    private static final String SESSION = "session-of-the-proxy";
    private static final String PASSWORD = "warehouse-Passw0rd";
    private static final String HOOK = "secret-of-the-hook";

    private ProxyFixture fixture;
    private String config;

    @BeforeEach
    void start() throws IOException {
        int port = freePort();
        answerAsTableau();
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replaceFirst(
                                                "admin:\n  host: 127.0.0.1\n  port: 0\n",
                                                "admin:\n  host: 127.0.0.1\n  port: "
                                                        + port
                                                        + "\n  api_key: file:admin.secret\n")
                                        + site(),
                        ConnectionsIT::addFiles);
        config = fixture.scenery().configuration().toString();
    }

    private static void answerAsTableau() {
        TABLEAU.server()
                .stubFor(
                        post(urlEqualTo("/api/3.24/auth/signin"))
                                .willReturn(
                                        json(
                                                "{\"credentials\":{\"token\":\""
                                                        + SESSION
                                                        + "\",\"site\":{\"id\":\""
                                                        + TestSite.SITE
                                                        + "\",\"contentUrl\":\"s1\"},\"user\":{\"id\":\""
                                                        + TestSite.SITE
                                                        + "\"}}}")));
        TABLEAU.server()
                .stubFor(
                        get(urlEqualTo("/api/3.24/sessions/current"))
                                .willReturn(
                                        json(
                                                "{\"session\":{\"site\":{\"id\":\""
                                                        + TestSite.SITE
                                                        + "\"}}}")));
        TABLEAU.server()
                .stubFor(
                        get(urlEqualTo(path("datasources/" + SALES + "/connections")))
                                .willReturn(
                                        json(
                                                "{\"connections\":{\"connection\":[{\"id\":\""
                                                        + CONNECTION
                                                        + "\",\"serverAddress\":\"dw.example\",\"userName\":\"reader\"}]}}")));
        TABLEAU.server().stubFor(put(anyUrl()).willReturn(json("{}")));
    }

    private static String site() {
        return """
        sites:
          - name: s1
            tenant: %TENANT%
            path_prefix: /tableau/s1
            upstream:
              uri: %URI%
              trusted_certificates: tableau-ca.pem
            api_version: "3.24"
            credential:
              personal_access_token: {name: replica, secret: "file:tableau.token"}
            refresh_guard:
              webhook_secret: file:hook.secret
              sources:
                - name: warehouse
                  content: [%SALES%]
                  freshness: 1d
                  checks:
                    - circuit: {service: demo}
            connections:
              - content: {kind: datasource, id: %SALES%}
                connection: {server: dw.example}
                user: reader
                password: file:warehouse.secret
        """
                .replace("%TENANT%", DemoCast.TENANT)
                .replace("%URI%", TABLEAU.uri().toString())
                .replace("%SALES%", SALES);
    }

    private static void addFiles(DemoScenery scenery) {
        try {
            scenery.folder()
                    .write(
                            "tableau-ca.pem",
                            Files.readString(LoopbackCertificate.localhost().pem()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        scenery.folder().write("admin.secret", KEY);
        scenery.folder().write("tableau.token", "a.b.c");
        scenery.folder().write("hook.secret", HOOK);
        scenery.folder().write("warehouse.secret", PASSWORD);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aDryRunSetsNothingAndARealOneIsRecordedWithoutTheSecret() {
        CommandRun dry = rotated("--dry-run", "--all");
        CommandRun real = rotated("--all");

        assertThat(dry.output())
                .startsWith("datasource/" + SALES + " connection " + CONNECTION + ": would set: ");
        assertThat(real.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(real.output()).contains(": set: ");
        TABLEAU.server()
                .verify(
                        putRequestedFor(
                                        urlEqualTo(
                                                path(
                                                        "datasources/"
                                                                + SALES
                                                                + "/connections/"
                                                                + CONNECTION)))
                                .withHeader("X-Tableau-Auth", equalTo(SESSION))
                                .withRequestBody(
                                        matchingJsonPath(
                                                "$.connection.password", equalTo(PASSWORD))));
        await().untilAsserted(
                        () ->
                                assertThat(rotations())
                                        .anyMatch(record -> record.contains("\"begun\""))
                                        .anyMatch(record -> record.contains("\"set\""))
                                        .noneMatch(record -> record.contains(PASSWORD)));
    }

    @Test
    void whatCannotBeSetIsAFindingAndShowsInHealth() throws Exception {
        TABLEAU.server().stubFor(put(anyUrl()).willReturn(aResponse().withStatus(500)));

        CommandRun failed = rotated("--all", "--json");

        assertThat(failed.exitCode()).isEqualTo(ExitCodes.FINDING);
        JsonNode document = Output.MAPPER.readTree(failed.output());
        assertThat(document.at("/connections/0/result").asText()).isEqualTo("failed");
        assertThat(fixture.admin("/health").body())
                .contains("connections s1")
                .contains("status 500");
        assertThat(fixture.admin("/metrics").body())
                .contains("stagedoor_connections_failing{site=\"s1\"} 1.0");
    }

    @Test
    void aSiteWithoutConnectionsIsNoSite() {
        CommandRun none =
                CommandRun.of("connections", "rotate", "--site", "s9", "--config", config);

        assertThat(none.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(none.errors()).contains("no connections of a site of this name");
    }

    @Test
    void anEventOfTheSiteCountsForFreshness() throws Exception {
        assertThat(event("wrong").statusCode()).isEqualTo(401);
        assertThat(event(HOOK).statusCode()).isEqualTo(204);

        JsonNode site = Output.MAPPER.readTree(operator("/refreshes?site=s1").body());
        JsonNode content = site.at("/sites/0/contents/0");
        assertThat(content.path("luid").asText()).isEqualTo(SALES);
        assertThat(content.has("lastSuccess")).isTrue();
        assertThat(content.path("maxAgeSeconds").asInt()).isEqualTo(86_400);
        assertThat(content.path("stale").asBoolean(true)).isFalse();
        assertThat(fixture.admin("/metrics").body())
                .contains("stagedoor_refresh_freshness_seconds{site=\"s1\",source=\"warehouse\"}");
        assertThat(operator("/refreshes?site=s9").statusCode()).isEqualTo(404);
        assertThat(fixture.admin("/refreshes").statusCode()).isEqualTo(401);
    }

    /** The schedule may be at it for a moment. */
    private CommandRun rotated(String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("connections", "rotate"));
        words.addAll(List.of("--site", "s1", "--config", config));
        words.addAll(List.of(options));
        return await().atMost(java.time.Duration.ofMinutes(1))
                .until(
                        () -> CommandRun.of(words.toArray(String[]::new)),
                        run -> !run.errors().contains("another round"));
    }

    private HttpResponse<String> event(String secret) throws IOException, InterruptedException {
        String event =
                "{\"event_type\":\"DatasourceRefreshSucceeded\",\"resource_luid\":\""
                        + SALES
                        + "\"}";
        URI uri = URI.create(fixture.adminBase() + "/tableau/events/s1?secret=" + secret);
        return fixture.send(
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(event)).build());
    }

    private HttpResponse<String> operator(String path) throws IOException, InterruptedException {
        return fixture.send(
                HttpRequest.newBuilder(URI.create(fixture.adminBase() + path))
                        .header("Authorization", "ApiKey " + KEY)
                        .build());
    }

    private List<String> rotations() {
        return JournalReading.records(fixture.journalFolder()).stream()
                .map(JsonNode::toString)
                .filter(record -> record.contains("connections.rotate"))
                .toList();
    }
}
