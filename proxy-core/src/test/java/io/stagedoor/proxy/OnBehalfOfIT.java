package io.stagedoor.proxy;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.FakeEntra;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.Verdicts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users enter the workspace as themselves, with tokens got in exchange for their own. */
class OnBehalfOfIT {

    private static final String EXCHANGE = "requested_token_use=on_behalf_of";
    private static final String PATH = "/pipelines/nightly";

    @TempDir private static Path folder;
    private static FakeEntra entra;
    private static final Set<String> REVOKED = ConcurrentHashMap.newKeySet();
    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
        entra = FakeEntra.start();
        entra.answer(FakeEntra.token("app", 3600), "grant_type=client_credentials");
        String credential =
                """
                    credential:
                      on_behalf_of:
                        application:
                          client_secret:
                            tenant: %s
                            client_id: %s
                            secret: file:%s
                """;
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replaceFirst(
                                                "    credential:\n.*\n.*\n",
                                                filled(credential, secret))
                                        + entra.configuration(),
                        scene ->
                                scene.workspace()
                                        .acceptIf(
                                                token ->
                                                        !REVOKED.contains(token)
                                                                && (token.equals("app")
                                                                        || token.startsWith(
                                                                                "for-"))));
    }

    private static String filled(String template, Path secret) {
        return template.replaceFirst("%s", FakeEntra.TENANT)
                .replaceFirst("%s", FakeEntra.CLIENT)
                .replaceFirst("%s", secret.toString());
    }

    @AfterAll
    static void stop() {
        fixture.close();
        entra.close();
    }

    @BeforeEach
    void forget() {
        fixture.workspace().forgetRequests();
    }

    /** A token that was not shown before. */
    private static String fresh(CastMember member) {
        Map<String, Object> claims = new TreeMap<>(member.claims(DemoCast.AUDIENCE));
        claims.put("jti", Long.toString(System.nanoTime()));
        return fixture.scenery().issuer().mint(claims, Duration.ofHours(1));
    }

    private static HttpResponse<String> get(String token) throws Exception {
        return fixture.send(fixture.request(token, "GET", PATH, Optional.empty()));
    }

    private static List<String> shownUpstream() {
        return fixture.workspace().requests(each -> each.path().equals(PATH)).stream()
                .map(OnBehalfOfIT::authorization)
                .toList();
    }

    private static String authorization(SeenRequest request) {
        return request.field("Authorization").orElse("");
    }

    @Test
    void eachCallerEntersWithATokenOfTheirOwn() throws Exception {
        String engineer = fresh(DemoCast.ENGINEER);
        String analyst = fresh(DemoCast.ANALYST);
        entra.answer(FakeEntra.token("for-engineer", 3600), EXCHANGE, "assertion=" + engineer);
        entra.answer(FakeEntra.token("for-analyst", 3600), EXCHANGE, "assertion=" + analyst);

        for (String token : List.of(engineer, analyst, engineer, analyst)) {
            assertThat(get(token).statusCode()).isEqualTo(200);
        }

        assertThat(shownUpstream())
                .containsExactly(
                        "Bearer for-engineer",
                        "Bearer for-analyst",
                        "Bearer for-engineer",
                        "Bearer for-analyst");
        assertThat(entra.asked(EXCHANGE, "assertion=" + engineer)).isEqualTo(1);
        assertThat(entra.asked(EXCHANGE, "assertion=" + analyst)).isEqualTo(1);
    }

    @Test
    void callersThatComeTogetherShareOneExchangeForEachToken() throws Exception {
        String engineer = fresh(DemoCast.ENGINEER);
        String analyst = fresh(DemoCast.ANALYST);
        entra.answer(
                FakeEntra.token("for-engineer", 3600).withFixedDelay(300),
                EXCHANGE,
                "assertion=" + engineer);
        entra.answer(
                FakeEntra.token("for-analyst", 3600).withFixedDelay(300),
                EXCHANGE,
                "assertion=" + analyst);

        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> get(engineer)));
                answers.add(threads.submit(() -> get(analyst)));
            }
        }

        assertThat(answers).allMatch(answer -> answer.resultNow().statusCode() == 200);
        assertThat(entra.asked(EXCHANGE, "assertion=" + engineer)).isEqualTo(1);
        assertThat(entra.asked(EXCHANGE, "assertion=" + analyst)).isEqualTo(1);
        Map<String, String> byCaller = new TreeMap<>();
        fixture.workspace()
                .requests(each -> each.path().equals(PATH))
                .forEach(
                        each ->
                                byCaller.merge(
                                        each.field("X-Stagedoor-Principal").orElseThrow(),
                                        authorization(each),
                                        (one, other) -> one.equals(other) ? one : "mixed"));
        assertThat(byCaller)
                .containsOnly(
                        Map.entry(DemoCast.ENGINEER.id().toString(), "Bearer for-engineer"),
                        Map.entry(DemoCast.ANALYST.id().toString(), "Bearer for-analyst"));
    }

    @Test
    void theProxyItselfReadsTheWorkspaceAsTheApplication() throws Exception {
        fixture.admin("/health");

        assertThat(entra.asked("grant_type=client_credentials")).isPositive();
        assertThat(fixture.admin("/health").body()).contains("on behalf of");
    }

    @Test
    void missingConsentIsSaidWithWhatToDo() throws Exception {
        String token = fresh(DemoCast.ENGINEER);
        entra.answer(
                FakeEntra.error(400, "invalid_grant", "AADSTS65001: no consent for the app."),
                EXCHANGE,
                "assertion=" + token);

        HttpResponse<String> answer = get(token);
        HttpResponse<String> again = get(token);

        Verdicts.assertRefused(fixture, answer, 502, "credential_unavailable");
        assertThat(answer.body()).contains("consent").contains("AADSTS65001");
        assertThat(again.body()).contains("AADSTS65001");
        assertThat(entra.asked(EXCHANGE, "assertion=" + token)).isEqualTo(1);
    }

    @Test
    void tokenForAnotherAudienceIsSaid() throws Exception {
        String token = fresh(DemoCast.ENGINEER);
        entra.answer(
                FakeEntra.error(400, "invalid_grant", "AADSTS50013: wrong audience."),
                EXCHANGE,
                "assertion=" + token);

        HttpResponse<String> answer = get(token);

        Verdicts.assertRefused(fixture, answer, 502, "credential_unavailable");
        assertThat(answer.body()).contains("AADSTS50013", "audience is the proxy's application");
    }

    @Test
    void claimsThatEntraWantsAreAskedOfTheClient() throws Exception {
        String token = fresh(DemoCast.ENGINEER);
        String claims = "{\"access_token\":{\"capolids\":{\"essential\":true}}}";
        entra.answer(
                aResponse()
                        .withStatus(400)
                        .withHeader("content-type", "application/json")
                        .withBody(
                                "{\"error\":\"interaction_required\",\"error_description\":"
                                        + "\"AADSTS50076: mfa\",\"suberror\":\"basic_action\","
                                        + "\"claims\":\""
                                        + claims.replace("\"", "\\\"")
                                        + "\"}"),
                EXCHANGE,
                "assertion=" + token);

        HttpResponse<String> answer = get(token);

        Verdicts.assertRefused(fixture, answer, 401, "step_up_required");
        String encoded =
                Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_claims\"", "claims=\"" + encoded + "\"");
    }

    @Test
    void brokenEndpointTellsCallersNothingOfItself() throws Exception {
        String token = fresh(DemoCast.ENGINEER);
        entra.answer(
                aResponse()
                        .withStatus(503)
                        .withHeader("content-type", "text/html")
                        .withBody("<html>inner-host-17 is down</html>"),
                EXCHANGE,
                "assertion=" + token);

        HttpResponse<String> answer = get(token);

        Verdicts.assertRefused(fixture, answer, 502, "credential_unavailable");
        assertThat(answer.body()).doesNotContain("inner-host", "html");
    }

    @Test
    void tokenThatTheWorkspaceRefusesIsExchangedAnew() throws Exception {
        String token = fresh(DemoCast.ENGINEER);
        entra.answer(FakeEntra.token("for-now", 3600), EXCHANGE, "assertion=" + token);

        HttpResponse<String> before = get(token);
        REVOKED.add("for-now");
        entra.answer(FakeEntra.token("for-later", 3600), EXCHANGE, "assertion=" + token);
        HttpResponse<String> after = get(token);

        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(shownUpstream())
                .containsExactly("Bearer for-now", "Bearer for-now", "Bearer for-later");
    }
}
