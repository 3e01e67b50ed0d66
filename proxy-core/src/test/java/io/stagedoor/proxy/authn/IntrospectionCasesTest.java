package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.INTROSPECTION_UNAVAILABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_EXPIRED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_INACTIVE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_AUDIENCE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_ISSUER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.authn.introspection.IntrospectionSource;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.authn.keys.KeySource;
import io.stagedoor.proxy.refusal.Code;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that only their issuer can read (RFC 7662), asked about at a real HTTPS server. */
class IntrospectionCasesTest {

    private static final String PATH = "/gateway/introspect";
    private static final String TOKEN = "2YotnFZFEjr1zCsicMWpAA";

    private final AuthnFixture fixture = new AuthnFixture();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        fixture.reset(AuthnFixture.LIMITS);
        fixture.use(
                AuthnFixture.LIMITS,
                AuthnFixture.NO_RENEWAL,
                fixture.entraIssuer(),
                gateway("gateway", Duration.ofMinutes(1)));
        answer(200, active().toString());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private TrustedIssuer gateway(String name, Duration timeLimit) {
        return new TrustedIssuer(
                name,
                issuer(name),
                KeySource.discovery(),
                TokenRules.of(
                        Set.of("api1"), EnumSet.of(SignatureAlgorithm.RS256), AuthnFixture.SKEW),
                new TenantRule.Constant("gateway"),
                new ClaimNames("sub", "groups", List.of("client_id")),
                Map.of(),
                Optional.of(
                        new IntrospectionSource(
                                URI.create(fixture.server.base() + PATH),
                                new IntrospectionSource.ClientSecret("stage door", () -> "s:cr&t"),
                                Optional.of(TestCertificate.localhost().pem()),
                                Duration.ofSeconds(60),
                                timeLimit)));
    }

    private String issuer(String name) {
        return fixture.server.base() + "/" + name;
    }

    private ObjectNode active() {
        long now = fixture.clock.instant().getEpochSecond();
        return Draft.json("{}")
                .put("active", true)
                .put("iss", issuer("gateway"))
                .put("aud", "api1")
                .put("exp", now + 3600)
                .put("sub", "user-1")
                .put("client_id", "app-1")
                .put("scope", "jobs.read jobs.run");
    }

    private void answer(int status, String body) {
        fixture.server.on(
                PATH,
                exchange -> {
                    byte[] sent = exchange.getRequestBody().readAllBytes();
                    bodies.add(new String(sent, StandardCharsets.UTF_8));
                    credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
                    LoopbackIssuer.send(exchange, status, body);
                });
    }

    @Test
    void asksOnceAndRemembersForTheTimeThatIsSet() {
        VerifiedToken token = fixture.accept(TOKEN);
        fixture.clock.advance(Duration.ofSeconds(59));
        fixture.accept(TOKEN);

        assertThat(token.principal()).isEqualTo(PrincipalId.of("gateway", "user-1"));
        assertThat(token.clientApplication()).contains("app-1");
        assertThat(token.permissions().scopes()).containsExactlyInAnyOrder("jobs.read", "jobs.run");
        assertThat(token.issuerName()).isEqualTo("gateway");
        assertThat(bodies).containsExactly("token=" + TOKEN + "&token_type_hint=access_token");
        assertThat(credentials)
                .containsExactly(
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "stage+door:s%3Acr%26t"
                                                        .getBytes(StandardCharsets.US_ASCII)));

        fixture.clock.advance(Duration.ofSeconds(1));
        answer(200, "{\"active\":false}");

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(TOKEN_INACTIVE);
    }

    @Test
    void expiryEndsTheMemoryEarlier() {
        long now = fixture.clock.instant().getEpochSecond();
        answer(200, active().put("exp", now - 30).toString());
        fixture.accept(TOKEN);

        fixture.clock.advance(Duration.ofSeconds(30));

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(TOKEN_EXPIRED);
    }

    @Test
    void inactiveTokensAreRememberedBriefly() {
        answer(200, "{\"active\":false}");

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(TOKEN_INACTIVE);
        assertThat(fixture.codeOf(TOKEN)).isEqualTo(TOKEN_INACTIVE);
        assertThat(bodies).hasSize(1);
        fixture.clock.advance(AuthnFixture.LIMITS.refusedFor());
        answer(200, active().toString());
        assertThat(fixture.accept(TOKEN)).isNotNull();
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                Arguments.of("iss", "https://elsewhere.example", TOKEN_WRONG_ISSUER),
                Arguments.of("iss", 7, TOKEN_MALFORMED),
                Arguments.of("aud", "api2", TOKEN_WRONG_AUDIENCE),
                Arguments.of("aud", List.of(), TOKEN_WRONG_AUDIENCE),
                Arguments.of("exp", 1, TOKEN_EXPIRED),
                Arguments.of("exp", "never", TOKEN_MALFORMED),
                Arguments.of("sub", "", TOKEN_UNACCEPTABLE),
                Arguments.of("cnf", Map.of("jkt", "x"), TOKEN_UNACCEPTABLE));
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void checksTheClaimsAsIfTheTokenBoreThem(String name, Object value, Code code) {
        ObjectNode claims = active();
        claims.set(name, Draft.node(value));
        answer(200, claims.toString());

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(code);
    }

    @Test
    void answerWithoutAnIssuerIsThisIssuersButOneWithoutExpiryOrAudienceIsRefused() {
        ObjectNode claims = active();
        claims.remove("iss");
        answer(200, claims.toString());
        assertThat(fixture.accept(TOKEN).issuerName()).isEqualTo("gateway");

        claims.remove("exp");
        answer(200, claims.toString());
        assertThat(fixture.codeOf("another")).isEqualTo(TOKEN_UNACCEPTABLE);
        answer(200, active().without(List.of("aud")).toString());
        assertThat(fixture.codeOf("a-third")).isEqualTo(TOKEN_WRONG_AUDIENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"active\":\"true\"}",
                "{\"active\":1}",
                "{\"active\":true,\"active\":false}",
                "[true]",
                "",
                "<html>",
            })
    void unusableAnswerIsNoAnswerAndNotRemembered(String body) {
        answer(200, body);

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(INTROSPECTION_UNAVAILABLE);
        answer(200, active().toString());
        assertThat(fixture.accept(TOKEN)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 401, 403, 500})
    void anotherStatusIsNoAnswer(int status) {
        answer(status, active().toString());

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(INTROSPECTION_UNAVAILABLE);
    }

    @Test
    void anotherTypeOrEncodingIsNoAnswer() {
        fixture.server.on(
                PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    LoopbackIssuer.send(exchange, 200, active().toString());
                });

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(INTROSPECTION_UNAVAILABLE);
    }

    @Test
    void answerThatComesTooLateIsNoAnswer() {
        CountDownLatch never = new CountDownLatch(1);
        fixture.make(
                AuthnFixture.LIMITS,
                AuthnFixture.NO_RENEWAL,
                AuthenticationListener.NONE,
                gateway("gateway", Duration.ofMillis(200)));
        fixture.server.on(
                PATH,
                _ -> {
                    try {
                        never.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });

        assertThat(fixture.codeOf(TOKEN)).isEqualTo(INTROSPECTION_UNAVAILABLE);
        never.countDown();
    }

    @Test
    void manyWhoNeedTheSameTokenAskOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        fixture.server.on(
                PATH,
                exchange -> {
                    try {
                        go.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                    LoopbackIssuer.send(exchange, 200, active().toString());
                });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<VerifiedToken>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> fixture.accept(TOKEN)));
            }
            go.countDown();
            for (Future<VerifiedToken> each : all) {
                assertThat(each.get().issuerName()).isEqualTo("gateway");
            }
        }
        assertThat(fixture.server.hits(PATH)).isEqualTo(1);
    }

    @Test
    void readableTokensOfOthersAreNotAskedAboutAndOnesOfItsOwnAre() {
        fixture.accept(fixture.good().sign(TestKeys.RSA));
        assertThat(fixture.server.hits(PATH)).isZero();

        String own = fixture.good().claim("iss", issuer("gateway")).sign(TestKeys.RSA);

        assertThat(fixture.accept(own).principal().objectId()).isEqualTo("user-1");
        assertThat(fixture.server.hits(PATH)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "qu\"ote", "caf\u00e9", "a.b.c", "=x", "x=y"})
    void whatIsNoTokenIsNotAskedAbout(String token) {
        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_MALFORMED);
        assertThat(fixture.server.hits(PATH)).isZero();
    }

    @Test
    void neitherSecretNorTokenIsShown() {
        IntrospectionSource source =
                gateway("gateway", Duration.ofSeconds(1)).introspection().orElseThrow();

        assertThat(source.toString()).doesNotContain("s:cr&t");
    }

    @Test
    void twoIssuersCannotBothBeAsked() {
        assertThatThrownBy(
                        () ->
                                fixture.make(
                                        AuthnFixture.LIMITS,
                                        AuthnFixture.NO_RENEWAL,
                                        AuthenticationListener.NONE,
                                        gateway("gateway", Duration.ofSeconds(1)),
                                        gateway("second", Duration.ofSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whom to ask");
    }
}
