package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.LeakGuard;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A directory pushes users and groups to the admin port; the proxy decides by them. */
@ExtendWith(LeakGuard.class)
class ScimIT {

    private static final String DIRECTORIES =
            """
              directories:
                - name: pushed
                  tenant: %s
                  from:
                    scim:
                      token: file:upstream.token
            """
                    .replace("%s", DemoCast.TENANT);

    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = ProxyFixture.start(yaml -> yaml + DIRECTORIES);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void pushedMembershipsDecideAndSurviveARestart() throws Exception {
        assertThat(status(DemoCast.ENGINEER)).isEqualTo(503);

        String engineer = user(DemoCast.ENGINEER);
        assertThat(status(DemoCast.ENGINEER)).isEqualTo(403);
        String team = group("team", "0b1f7e3c-0000-4000-8000-0000000000f1", engineer);
        group("engineers", DemoCast.DATA_ENGINEERS.objectId(), team);
        assertThat(status(DemoCast.ENGINEER)).isEqualTo(200);
        fixture.restart();

        HttpResponse<String> answer = silent(DemoCast.ENGINEER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        push(
                "PATCH",
                "/Groups/" + team,
                "{\"Operations\":[{\"op\":\"Remove\",\"path\":\"members\","
                        + "\"value\":[{\"value\":\""
                        + engineer
                        + "\"}]}]}");
        assertThat(status(DemoCast.ENGINEER)).isEqualTo(403);
    }

    @Test
    void somebodyDeactivatedIsRefusedWhateverIsAssignedOrClaimed() throws Exception {
        String analyst = user(DemoCast.ANALYST);
        assertThat(status(DemoCast.ANALYST)).isEqualTo(200);

        push(
                "PATCH",
                "/Users/" + analyst,
                "{\"Operations\":[{\"op\":\"replace\",\"value\":{\"active\":false}}]}");

        HttpResponse<String> silent = silent(DemoCast.ANALYST);
        HttpResponse<String> claiming = fixture.send(DemoCast.ANALYST, "GET", "/pipelines");
        assertThat(silent.statusCode()).isEqualTo(403);
        assertThat(silent.body()).contains("principal_inactive");
        assertThat(claiming.statusCode()).isEqualTo(403);
        assertThat(claiming.body()).contains("principal_inactive");
    }

    @Test
    void changesAreInTheAuditTrailAndNobodyElseMayPush() throws Exception {
        String analyst = user(DemoCast.ANALYST);

        assertThat(ask("Bearer wrong", "GET", "/Users", "").statusCode()).isEqualTo(401);
        assertThat(ask("Bearer wrong", "DELETE", "/Users/" + analyst, "").statusCode())
                .isEqualTo(401);
        assertThat(push("GET", "/Users/" + analyst, "").statusCode()).isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(JournalReading.records(fixture.journalFolder()))
                                        .anyMatch(
                                                record ->
                                                        record.toString()
                                                                .contains(
                                                                        "created User "
                                                                                + analyst)));
        assertThat(fixture.admin("/scim/nobody/v2/Users").statusCode()).isEqualTo(404);
        assertThat(fixture.admin("/health").body()).contains("\"groups pushed\"");
    }

    private String user(CastMember member) throws Exception {
        return created(
                "/Users",
                "{\"userName\":\""
                        + member.name()
                        + "\",\"externalId\":\""
                        + member.id().objectId()
                        + "\"}");
    }

    private String group(String name, String externalId, String member) throws Exception {
        return created(
                "/Groups",
                "{\"displayName\":\""
                        + name
                        + "\",\"externalId\":\""
                        + externalId
                        + "\",\"members\":[{\"value\":\""
                        + member
                        + "\"}]}");
    }

    private String created(String path, String body) throws Exception {
        HttpResponse<String> answer = push("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("content-type").orElse(""))
                .startsWith("application/scim+json");
        return new ObjectMapper().readTree(answer.body()).path("id").asText();
    }

    private HttpResponse<String> push(String method, String path, String body) throws Exception {
        return ask(
                "Bearer "
                        + Files.readString(
                                fixture.scenery().configuration().resolveSibling("upstream.token")),
                method,
                path,
                body);
    }

    private HttpResponse<String> ask(String authorization, String method, String path, String body)
            throws Exception {
        URI uri =
                URI.create(
                        "http://127.0.0.1:"
                                + fixture.proxy().adminPort()
                                + "/scim/pushed/v2"
                                + path);
        return fixture.client()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", authorization)
                                .header("Content-Type", "application/scim+json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private int status(CastMember caller) throws Exception {
        return silent(caller).statusCode();
    }

    /** Sends a request that needs a group of the engineer's, with a token that tells no groups. */
    private HttpResponse<String> silent(CastMember caller) throws Exception {
        Map<String, Object> claims = new HashMap<>(caller.claims(DemoCast.AUDIENCE));
        claims.remove("groups");
        String token = fixture.scenery().issuer().mint(claims, Duration.ofHours(1));
        return fixture.send(fixture.request(token, "GET", "/pipelines", Optional.empty()));
    }
}
