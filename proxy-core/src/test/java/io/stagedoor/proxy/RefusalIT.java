package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bad requests get: a clear answer, one record, and nothing upstream. */
class RefusalIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void requestWithoutTokenIsChallenged() throws Exception {
        HttpResponse<String> answer =
                fixture.send(HttpRequest.newBuilder(at("/pipelines")).build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"stagedoor\"");
        assertRecorded(answer, "token_missing");
    }

    @Test
    void badTokensAllGetTheSameAnswer() throws Exception {
        Map<String, String> tokens = badTokens();
        String good = fixture.scenery().token(DemoCast.ENGINEER);

        tokens.forEach(
                (code, token) -> {
                    HttpResponse<String> answer = sendWith(token);
                    assertThat(answer.statusCode()).as(code).isEqualTo(401);
                    assertThat(withoutDecision(answer))
                            .isEqualTo(withoutDecision(sendWith("x.y.z")));
                    assertThat(answer.body()).doesNotContain(token);
                    assertRecorded(answer, code);
                });
        assertThat(sendWith(good).statusCode()).isEqualTo(200);
    }

    private static Map<String, String> badTokens() {
        Map<String, Object> claims = DemoCast.ENGINEER.claims(DemoCast.AUDIENCE);
        String good = fixture.scenery().token(DemoCast.ENGINEER);
        Map<String, String> tokens = new TreeMap<>();
        tokens.put("token_malformed", good.substring(0, good.lastIndexOf('.')));
        tokens.put("token_bad_signature", flipped(good));
        tokens.put("token_expired", mint(claims, Duration.ofMinutes(-10)));
        tokens.put(
                "token_wrong_audience",
                mint(DemoCast.ENGINEER.claims("https://other.example"), Duration.ofHours(1)));
        return tokens;
    }

    private static String mint(Map<String, Object> claims, Duration lifetime) {
        return fixture.scenery().issuer().mint(claims, lifetime);
    }

    private static String flipped(String token) {
        int at = token.lastIndexOf('.') + 20;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    private static HttpResponse<String> sendWith(String token) {
        try {
            return fixture.send(fixture.request(token, "GET", "/pipelines", Optional.empty()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withoutDecision(HttpResponse<String> answer) {
        return answer.body().replaceAll("[0-9a-f]{32}", "ID")
                + answer.headers().allValues("WWW-Authenticate");
    }

    @Test
    void unknownRouteIsNotFound() throws Exception {
        URI elsewhere = URI.create("https://localhost:" + fixture.proxy().port() + "/elsewhere");

        HttpResponse<String> answer =
                fixture.send(
                        HttpRequest.newBuilder(elsewhere)
                                .header("Authorization", "Bearer x")
                                .build());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertRecorded(answer, "no_route");
    }

    @Test
    void unknownOperationIsForbiddenWithItsCode() throws Exception {
        HttpResponse<String> answer =
                fixture.send(DemoCast.ENGINEER, "POST", "/pipelines/nightly/selfDestruct");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(answer.body()).at("/error/code").asText())
                .isEqualTo("unknown_operation");
        assertRecorded(answer, "unknown_operation");
    }

    @ParameterizedTest
    @CsvSource({
        "/pipelines/daily/../payroll/createRun, ambiguous_target",
        "/pipelines/daily/%2e%2e/payroll/createRun, ambiguous_target",
        "/pipelines/daily%2fcreateRun, ambiguous_target",
        "/pipelines//nightly, ambiguous_target",
        "/pipelines/nightly;x=1, ambiguous_target",
        "/pipelines/nightly%00, ambiguous_target",
    })
    void ambiguousTargetIsBadAndNothingIsForwarded(String path, String code) throws Exception {
        String answer =
                raw(
                        String.format(
                                        Locale.ROOT,
                                        "POST /synapse/demo%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n",
                                        path,
                                        fixture.scenery().token(DemoCast.ENGINEER))
                                + "Content-Length: 0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertRecorded(decisionIn(answer), code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 3 & Transfer-Encoding: chunked|two framings",
                "Content-Length: 0 & Content-Length: 0|two lengths",
                "Content-Length: 0 & Host: other|two hosts",
                "Content-Length: 0 & Authorization: Bearer x|two tokens",
                "Content-Length: 0 & x_stagedoor_principal: root|underscore identity",
                "Content-Length: 0 & Connection: authorization|nominated security field",
                "Content-Length: 0 & X-HTTP-Method-Override: DELETE|overridden method",
                "Content-Length: 0 &~folded: yes|obsolete folding",
            })
    void ambiguousHeadIsBadAndTheConnectionCloses(String fields, String what) throws Exception {
        String answer =
                raw(
                        "POST /synapse/demo/pipelines/nightly/createRun HTTP/1.1\r\nHost: localhost\r\n"
                                + "Authorization: Bearer "
                                + fixture.scenery().token(DemoCast.ENGINEER)
                                + "\r\n"
                                + fields.replace(" & ", "\r\n").replace(" &~", "\r\n ")
                                + "\r\n\r\n");

        assertThat(answer).as(what).startsWith("HTTP/1.1 400 ");
        assertRecorded(decisionIn(answer), "bad_request");
    }

    @Test
    void identityFieldsOfTheClientNeverReachTheUpstream() throws Exception {
        HttpRequest request =
                fixture.request(
                        fixture.scenery().token(DemoCast.ANALYST),
                        "GET",
                        "/pipelines/nightly",
                        Optional.empty(),
                        "X-Stagedoor-Principal",
                        "root",
                        "X-Forwarded-For",
                        "10.0.0.1",
                        "Cookie",
                        "a=b");

        HttpResponse<String> answer = fixture.send(request);

        assertThat(answer.statusCode()).isEqualTo(200);
        String decision = answer.headers().firstValue("X-Stagedoor-Decision-Id").orElseThrow();
        var seen =
                fixture.workspace()
                        .requests(
                                one ->
                                        one.field("X-Stagedoor-Decision-Id")
                                                .equals(Optional.of(decision)));
        assertThat(seen).hasSize(1);
        assertThat(seen.getFirst().fields().get("X-Stagedoor-Principal"))
                .containsExactly(DemoCast.ANALYST.id().toString());
        assertThat(seen.getFirst().fields().get("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(seen.getFirst().fields()).doesNotContainKey("Cookie");
        assertThat(seen.getFirst().field("Authorization").orElseThrow())
                .doesNotContain(fixture.scenery().token(DemoCast.ANALYST));
    }

    @Test
    void connectionServesOnAfterARefusal() throws Exception {
        String refused = "GET /synapse/demo/pipelines HTTP/1.1\r\nHost: localhost\r\n\r\n";

        String answers = raw(refused + refused + refused);

        assertThat(answers.split("HTTP/1.1 401 ")).hasSize(4);
    }

    @Test
    void agentIsHeldToItsGuardrail() throws Exception {
        HttpResponse<String> allowed =
                fixture.send(DemoCast.AGENT, "POST", "/pipelines/nightly/createRun");
        HttpResponse<String> refused =
                fixture.send(DemoCast.AGENT, "POST", "/pipelines/weekly/createRun");

        assertThat(allowed.statusCode()).isEqualTo(202);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertRecorded(refused, "guardrail");
    }

    private static URI at(String path) {
        return URI.create(fixture.base() + path + "?api-version=2020-12-01");
    }

    private static String raw(String request) throws IOException {
        return RawClient.exchange(
                fixture.scenery().authority().trustingContext(),
                fixture.proxy().port(),
                request.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n"));
    }

    private static String decisionIn(String answer) {
        return answer.lines()
                .filter(
                        line ->
                                line.toLowerCase(java.util.Locale.ROOT)
                                        .startsWith("x-stagedoor-decision-id:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private static void assertRecorded(HttpResponse<String> answer, String code) {
        assertRecorded(answer.headers().firstValue("x-stagedoor-decision-id").orElseThrow(), code);
    }

    /** Exactly one record, of a denial with this code, and nothing upstream. */
    private static void assertRecorded(String decision, String code) {
        Predicate<List<JsonNode>> there = records -> !records.isEmpty();
        List<JsonNode> records =
                Awaitility.await()
                        .atMost(Duration.ofSeconds(5))
                        .until(
                                () -> JournalReading.ofRequest(fixture.journalFolder(), decision),
                                there);
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().at("/decision/verdict").asText()).isEqualTo("deny");
        assertThat(records.getFirst().at("/decision/code").asText()).isEqualTo(code);
        assertThat(
                        fixture.workspace()
                                .requests(
                                        one ->
                                                one.field("X-Stagedoor-Decision-Id")
                                                        .equals(Optional.of(decision))))
                .isEmpty();
    }
}
