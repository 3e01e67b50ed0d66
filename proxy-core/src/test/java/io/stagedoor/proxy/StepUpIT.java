package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.util.Context;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.Verdicts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Operations that need a user's stronger or fresher sign-in (RFC 9470, and Entra's own challenge). */
class StepUpIT {

    private static final String RUN = "/pipelines/nightly/createRun";
    private static final String PREFIX = "    path_prefix: /synapse/demo\n";
    private static final String RULE =
            """
                step_up:
                  acr_values: [c1, phr]
                  max_auth_age: 1h
                  operations: [Pipeline_CreatePipelineRun]
            """;

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start(yaml -> yaml.replace(PREFIX, PREFIX + RULE));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static String token(Map<String, Object> more) {
        Map<String, Object> claims = new TreeMap<>(DemoCast.ENGINEER.claims(DemoCast.AUDIENCE));
        claims.putAll(more);
        return fixture.scenery().issuer().mint(claims, Duration.ofHours(1));
    }

    private static HttpResponse<String> send(String method, String path, Map<String, Object> more)
            throws Exception {
        return fixture.send(fixture.request(token(more), method, path, Optional.empty()));
    }

    private static long secondsAgo(long seconds) {
        return InstantSource.system().instant().getEpochSecond() - seconds;
    }

    @Test
    void otherOperationsNeedNoStrongerSignIn() throws Exception {
        assertThat(send("GET", "/pipelines/nightly", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void weakSignInIsChallenged() throws Exception {
        HttpResponse<String> answer = send("POST", RUN, Map.of("auth_time", secondsAgo(60)));

        Verdicts.assertRefused(fixture, answer, 401, "step_up_required");
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly(
                        "Bearer realm=\"stagedoor\", error=\"insufficient_user_authentication\","
                                + " error_description=\"The user must sign in again or in another way\","
                                + " acr_values=\"c1 phr\", max_age=\"3600\"");
    }

    @Test
    void oldOrUndatedSignInIsChallenged() throws Exception {
        HttpResponse<String> old =
                send("POST", RUN, Map.of("acr", "phr", "auth_time", secondsAgo(4000)));
        HttpResponse<String> undated = send("POST", RUN, Map.of("acr", "phr"));

        Verdicts.assertRefused(fixture, old, 401, "step_up_required");
        Verdicts.assertRefused(fixture, undated, 401, "step_up_required");
        assertThat(old.body()).contains("signed in too long ago");
    }

    @Test
    void strongAndFreshSignInIsTaken() throws Exception {
        HttpResponse<String> answer =
                send("POST", RUN, Map.of("acrs", List.of("c1"), "auth_time", secondsAgo(60)));

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void whoMayNotAnywayIsNotAskedToSignIn() throws Exception {
        HttpResponse<String> answer = fixture.send(DemoCast.ANALYST, "POST", RUN);

        Verdicts.assertRefused(fixture, answer, 403, "not_permitted");
    }

    @Test
    void clientOfEntraGetsTheChallengeItUnderstandsAndAnswersIt() throws Exception {
        List<TokenRequestContext> asked = new CopyOnWriteArrayList<>();
        HttpPipeline client =
                new HttpPipelineBuilder()
                        .httpClient(
                                new JdkHttpClientBuilder(
                                                java.net.http.HttpClient.newBuilder()
                                                        .sslContext(
                                                                fixture.scenery()
                                                                        .authority()
                                                                        .trustingContext()))
                                        .build())
                        .policies(
                                new BearerTokenAuthenticationPolicy(
                                        request -> {
                                            asked.add(request);
                                            return Mono.just(tokenFor(request));
                                        },
                                        "https://dev.azuresynapse.net/.default"))
                        .build();
        HttpRequest request =
                new HttpRequest(HttpMethod.POST, fixture.base() + RUN + "?api-version=2020-12-01");
        request.setHeader(com.azure.core.http.HttpHeaderName.CONTENT_LENGTH, "0");

        var answer = client.sendSync(request, Context.NONE);

        assertThat(answer.getStatusCode()).isEqualTo(202);
        assertThat(asked).hasSize(2);
        assertThat(asked.getLast().getClaims())
                .isEqualTo(
                        "{\"access_token\":{\"acrs\":{\"essential\":true,\"values\":[\"c1\",\"phr\"]}}}");
    }

    /** As Entra does: a token satisfies what the claims request asks for. */
    private static AccessToken tokenFor(TokenRequestContext request) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("xms_cc", List.of("cp1"));
        claims.put("auth_time", secondsAgo(60));
        if (request.getClaims() != null) {
            claims.put("acrs", List.of("c1"));
        }
        return new AccessToken(token(claims), OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
    }

    @Test
    void challengeOfEntraHasItsForm() throws Exception {
        HttpResponse<String> answer =
                send("POST", RUN, Map.of("xms_cc", List.of("CP1"), "auth_time", secondsAgo(60)));

        Verdicts.assertRefused(fixture, answer, 401, "step_up_required");
        String claims =
                Base64.getEncoder()
                        .encodeToString(
                                "{\"access_token\":{\"acrs\":{\"essential\":true,\"values\":[\"c1\",\"phr\"]}}}"
                                        .getBytes(StandardCharsets.UTF_8));
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly(
                        "Bearer realm=\"\","
                                + " authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                                + " error=\"insufficient_claims\", claims=\""
                                + claims
                                + "\"");
    }
}
