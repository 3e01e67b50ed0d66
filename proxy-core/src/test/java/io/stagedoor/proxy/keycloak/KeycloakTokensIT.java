package io.stagedoor.proxy.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Keycloak's tokens say, however they were got, and what the proxy makes of it. */
@Tag("keycloak")
@ExtendWith(SharedKeycloak.class)
class KeycloakTokensIT {
    private static final String LIST = "/pipelines";

    private static KeycloakServer keycloak;
    private static ProxyFixture proxy;

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
    void aPersonOfANestedGroupMayWhatTheOuterGroupMay() throws Exception {
        String token = keycloak.tokenOf("ada");

        assertThat(claims(token).path("groups")).hasSize(1);
        assertThat(claims(token).at("/groups/0").asText()).isEqualTo("nightly");
        assertThat(status(token, "GET", LIST)).isEqualTo(200);
        assertThat(status(token, "POST", KeycloakProxy.RUN)).isEqualTo(202);
    }

    @Test
    void aPersonOfAnotherGroupMayRead() throws Exception {
        String token = keycloak.tokenOf("alan");

        assertThat(status(token, "GET", LIST)).isEqualTo(200);
        assertThat(status(token, "POST", KeycloakProxy.RUN)).isEqualTo(403);
    }

    @Test
    void anApplicationIsItsServiceAccount() throws Exception {
        String token = keycloak.tokenOfAgent(Map.of());

        assertThat(claims(token).path("sub").asText())
                .isEqualTo("7e000000-0000-4000-8000-0000000000b1");
        assertThat(status(token, "GET", LIST)).isEqualTo(200);
        assertThat(status(token, "POST", KeycloakProxy.RUN)).isEqualTo(403);
    }

    @Test
    void anExchangedTokenMayWhatThePersonAndTheAgentBothMay() throws Exception {
        String token = exchanged(keycloak.tokenOf("ada"));

        int status = status(token, "GET", LIST);

        assertThat(claims(token).path("sub").asText())
                .isEqualTo("7e000000-0000-4000-8000-0000000000e1");
        assertThat(claims(token).path("azp").asText()).isEqualTo("agent");
        assertThat(claims(token).at("/act/sub").asText()).isEqualTo("agent");
        assertThat(status).isEqualTo(200);
        assertThat(status(keycloak.tokenOf("ada"), "POST", KeycloakProxy.RUN)).isEqualTo(202);
        assertThat(status(token, "POST", KeycloakProxy.RUN)).isEqualTo(403);
        await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                records().stream()
                                        .anyMatch(
                                                record ->
                                                        record.contains("0000000000e1")
                                                                && record.contains("\"agent\"")));
    }

    @Test
    void anIdTokenIsNoAccessToken() throws Exception {
        JsonNode answer =
                keycloak.token(
                        Map.of(
                                "grant_type", "password",
                                "client_id", "stagedoor-cli",
                                "username", "ada",
                                "password", keycloak.password(),
                                "scope", "openid"));

        assertThat(status(answer.path("access_token").asText(), "GET", LIST)).isEqualTo(200);
        assertThat(status(answer.path("id_token").asText(), "GET", LIST)).isEqualTo(401);
        assertThat(status(answer.path("refresh_token").asText(), "GET", LIST)).isEqualTo(401);
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() throws Exception {
        JsonNode answer =
                keycloak.token(
                        Map.of(
                                "grant_type", "password",
                                "client_id", "admin-cli",
                                "username", "ada",
                                "password", keycloak.password()));

        assertThat(answer.path("access_token").asText()).isNotEmpty();
        assertThat(status(answer.path("access_token").asText(), "GET", LIST)).isEqualTo(401);
    }

    private static String exchanged(String token) throws Exception {
        return keycloak.tokenOfAgent(
                Map.of(
                        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                        "subject_token", token,
                        "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
    }

    private static List<String> records() {
        return JournalReading.recordsFrom(proxy.journalFolder(), 0).stream()
                .map(JsonNode::toString)
                .toList();
    }

    private static int status(String token, String method, String path) throws Exception {
        return KeycloakProxy.status(proxy, token, method, path);
    }

    private static JsonNode claims(String token) throws Exception {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}
