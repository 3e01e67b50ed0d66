package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.KEYS_UNAVAILABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_BAD_SIGNATURE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Section "Key set and caches under attack" of the table of bad tokens, and rows 84 and 85. */
class KeySetTest {

    private static AuthnFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new AuthnFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void reset() {
        fixture.publish(TestKeys.jwk("rsa", TestKeys.RSA));
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());
    }

    private static TokenAuthenticator cold(KeySetTimes times) {
        fixture.server.forgetHits();
        return fixture.make(
                AuthnFixture.LIMITS, times, AuthenticationListener.NONE, fixture.entraIssuer());
    }

    private static String good() {
        return fixture.good().sign(TestKeys.RSA);
    }

    private static String unknown(String keyId) {
        return fixture.good().header("kid", keyId).sign(TestKeys.RSA);
    }

    private static void down() {
        fixture.server.on(AuthnFixture.KEYS, exchange -> LoopbackIssuer.send(exchange, 503, "{}"));
    }

    private static KeySetStatus status() {
        return fixture.authenticator().keySets().getFirst();
    }

    @Test
    void fetchesKeysOnFirstUseThroughTheDiscoveryDocument() {
        cold(AuthnFixture.TIMES);

        VerifiedToken token = fixture.accept(good());

        assertThat(token.issuerName()).isEqualTo("entra");
        assertThat(fixture.fetches()).isEqualTo(1);
        assertThat(fixture.server.hits(AuthnFixture.DISCOVERY)).isEqualTo(1);
    }

    @Test
    void takesANewKeyAtOnceAndRefusesTheOldOneWithIt() {
        String old = good();
        assertThat(fixture.accept(old)).isNotNull();
        fixture.publish(TestKeys.jwk("new", TestKeys.OTHER_RSA));

        VerifiedToken rotated =
                fixture.accept(fixture.good().header("kid", "new").sign(TestKeys.OTHER_RSA));

        assertThat(rotated.issuerName()).isEqualTo("entra");
        assertThat(fixture.fetches()).isEqualTo(1);
        assertThat(fixture.codeOf(old)).isEqualTo(TOKEN_UNKNOWN_KEY);
    }

    @Test
    void aRememberedTokenFallsWithItsKeyEvenUnderTheSameKeyId() {
        String old = good();
        assertThat(fixture.accept(old)).isNotNull();
        fixture.publish(TestKeys.jwk("rsa", TestKeys.OTHER_RSA));

        fixture.codeOf(unknown("anything"));

        assertThat(fixture.codeOf(old)).isEqualTo(TOKEN_BAD_SIGNATURE);
        assertThat(fixture.accept(fixture.good().sign(TestKeys.OTHER_RSA))).isNotNull();
    }

    @Test
    void aWithdrawnKeyIsRefusedAfterTheRefreshInterval() {
        String old = good();
        assertThat(fixture.accept(old)).isNotNull();
        fixture.publish(TestKeys.jwk("new", TestKeys.OTHER_RSA));
        fixture.clock.advance(AuthnFixture.TIMES.refreshAfter());

        fixture.accept(old);

        await().untilAsserted(() -> assertThat(fixture.codeOf(old)).isEqualTo(TOKEN_UNKNOWN_KEY));
        assertThat(fixture.fetches()).isEqualTo(1);
    }

    @Test
    void tenThousandUnknownKeyIdsCauseOneFetchPerCoolDown() {
        String[] parts = good().split("\\.");
        for (int i = 0; i < 10_000; i++) {
            String header = Draft.encode("{\"alg\":\"RS256\",\"kid\":\"k" + i + "\"}");
            assertThat(fixture.codeOf(header + "." + parts[1] + "." + parts[2]))
                    .isEqualTo(TOKEN_UNKNOWN_KEY);
        }
        assertThat(fixture.fetches()).isEqualTo(1);

        fixture.clock.advance(AuthnFixture.TIMES.coolDown());
        fixture.codeOf(unknown("later"));

        assertThat(fixture.fetches()).isEqualTo(2);
    }

    @Test
    void coolDownEndsExactlyWhenItsTimeHasPassed() {
        fixture.codeOf(unknown("first"));
        fixture.clock.advance(AuthnFixture.TIMES.coolDown().minusMillis(1));
        fixture.codeOf(unknown("second"));
        assertThat(fixture.fetches()).isEqualTo(1);

        fixture.clock.advance(Duration.ofMillis(1));
        fixture.codeOf(unknown("third"));

        assertThat(fixture.fetches()).isEqualTo(2);
    }

    @Test
    void aHerdOfFirstRequestsWithAFreshKeyCausesOneFetch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ObjectNode fresh = TestKeys.keySet(TestKeys.jwk("fresh", TestKeys.OTHER_RSA));
        fixture.server.on(
                AuthnFixture.KEYS,
                exchange -> {
                    asked.countDown();
                    wait(answer);
                    LoopbackIssuer.send(exchange, 200, fresh.toString());
                });
        Draft draft = fixture.good().header("kid", "fresh");
        List<Future<VerifiedToken>> herd = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                String token = draft.claim("uti", "t" + i).sign(TestKeys.OTHER_RSA);
                herd.add(threads.submit(() -> fixture.accept(token)));
            }
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            answer.countDown();
        }

        for (Future<VerifiedToken> one : herd) {
            assertThat(one.get().issuerName()).isEqualTo("entra");
        }
        assertThat(fixture.fetches()).isEqualTo(1);
    }

    @Test
    void keepsVerifyingKnownKeysWhileAFetchIsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        fixture.server.on(
                AuthnFixture.KEYS,
                exchange -> {
                    asked.countDown();
                    wait(answer);
                    LoopbackIssuer.send(exchange, 503, "");
                });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Code> stranger = threads.submit(() -> fixture.codeOf(unknown("x")));
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(fixture.accept(good())).isNotNull();

            assertThat(stranger.isDone()).isFalse();
            answer.countDown();
            assertThat(stranger.get()).isEqualTo(KEYS_UNAVAILABLE);
        }
    }

    @Test
    void lastGoodKeysWorkUntilTheirAgeLimitAndRecoverWithoutRestart() {
        String token = fixture.good().claim("exp", farAway()).sign(TestKeys.RSA);
        assertThat(fixture.accept(token)).isNotNull();
        down();
        fixture.clock.advance(Duration.ofHours(23));
        assertThat(fixture.accept(token)).isNotNull();
        await().until(() -> status().lastError().isPresent());
        assertThat(status().usable()).isTrue();

        fixture.clock.advance(Duration.ofHours(1));

        assertThat(fixture.codeOf(token)).isEqualTo(KEYS_UNAVAILABLE);
        assertThat(status().usable()).isFalse();
        fixture.publish(TestKeys.jwk("rsa", TestKeys.RSA));
        fixture.clock.advance(AuthnFixture.TIMES.pauseAfterFailure());
        assertThat(fixture.accept(token)).isNotNull();
        assertThat(status().lastError()).isEmpty();
    }

    @Test
    void keysThatNeverCameAreAskedForOncePerPause() {
        down();
        cold(AuthnFixture.TIMES);

        for (int i = 0; i < 10; i++) {
            assertThat(fixture.codeOf(good())).isEqualTo(KEYS_UNAVAILABLE);
        }
        assertThat(fixture.fetches()).isEqualTo(1);

        fixture.clock.advance(AuthnFixture.TIMES.pauseAfterFailure());
        assertThat(fixture.codeOf(good())).isEqualTo(KEYS_UNAVAILABLE);

        assertThat(fixture.fetches()).isEqualTo(2);
        assertThat(status().lastError()).contains("key set: the answer has status 503");
    }

    @Test
    void anUnknownKeyIsNoVerdictWhileTheIssuerIsDown() {
        down();

        assertThat(fixture.codeOf(unknown("perhaps-new"))).isEqualTo(KEYS_UNAVAILABLE);
        assertThat(fixture.accept(good())).isNotNull();
    }

    @Test
    void twoKeysUnderOneIdAreBothIgnoredButACopyIsNot() {
        fixture.publish(
                TestKeys.jwk("rsa", TestKeys.RSA),
                TestKeys.jwk("rsa", TestKeys.OTHER_RSA),
                TestKeys.jwk("twice", TestKeys.RSA),
                TestKeys.jwk("twice", TestKeys.RSA));
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());

        assertThat(fixture.codeOf(good())).isEqualTo(TOKEN_UNKNOWN_KEY);
        assertThat(fixture.accept(unknown("twice"))).isNotNull();
        assertThat(status().keys()).isEqualTo(1);
        assertThat(status().ignoredKeys()).isEqualTo(3);
    }

    @Test
    void unlistedIssuersCauseNoConnectionAtAll() {
        for (int i = 0; i < 100; i++) {
            String iss = fixture.server.base() + "/unlisted-" + i;
            fixture.codeOf(fixture.good().claim("iss", iss).sign(TestKeys.RSA));
        }

        assertThat(fixture.server.allHits()).isZero();
    }

    static Stream<Arguments> badDocuments() {
        String key = TestKeys.jwk("rsa", TestKeys.RSA).toString();
        String many = "{\"keys\":[" + (key + ",").repeat(300) + key + "]}";
        return Stream.of(
                Arguments.of("a redirect", answer(KeySetTest::redirect), "status 302"),
                Arguments.of(
                        "HTML", answer(x -> LoopbackIssuer.send(x, 200, "<html>")), "strict JSON"),
                Arguments.of(
                        "nothing", answer(x -> LoopbackIssuer.send(x, 200, "")), "strict JSON"),
                Arguments.of("10 MB", answer(KeySetTest::tenMegabytes), ""),
                Arguments.of(
                        "too many keys",
                        answer(x -> LoopbackIssuer.send(x, 200, many)),
                        "more than 256 keys"),
                Arguments.of("100,000 keys", answer(KeySetTest::manyKeys), ""),
                Arguments.of("a gzip bomb", answer(KeySetTest::gzip), "content encoding"),
                Arguments.of(
                        "no key set", answer(x -> LoopbackIssuer.send(x, 200, "{}")), "no key set"),
                Arguments.of(
                        "a doubled name",
                        answer(x -> LoopbackIssuer.send(x, 200, "{\"keys\":[],\"keys\":[]}")),
                        "strict JSON"),
                Arguments.of("a broken connection", answer(HttpExchange::close), ""),
                Arguments.of("a slow drip", answer(KeySetTest::drip), "took longer than"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badDocuments")
    void badKeySetsLeaveTheOldKeysInUseAndNeverOpen(
            String what, LoopbackIssuer.Answer answer, String reason) {
        Duration limit = Duration.ofMillis(what.equals("a slow drip") ? 3_000 : 60_000);
        KeySetTimes times =
                new KeySetTimes(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        Duration.ofHours(24),
                        limit);
        fixture.use(AuthnFixture.LIMITS, times, fixture.entraIssuer());
        fixture.server.on(AuthnFixture.KEYS, answer);

        Code unknown = fixture.codeOf(unknown("new"));

        assertThat(unknown).isEqualTo(KEYS_UNAVAILABLE);
        assertThat(status().lastError().orElseThrow()).contains(reason);
        assertThat(fixture.accept(good())).isNotNull();
        assertThat(fixture.server.hits("/elsewhere")).isZero();
    }

    static Stream<Arguments> badDiscoveries() {
        String keys = fixture.server.base() + AuthnFixture.KEYS;
        ObjectNode document = Draft.json("{}").put("issuer", fixture.entra()).put("jwks_uri", keys);
        return Stream.of(
                Arguments.of(
                        document.deepCopy().put("issuer", fixture.entra() + "/"), "another issuer"),
                Arguments.of(
                        document.deepCopy()
                                .put(
                                        "issuer",
                                        fixture.entra().replace(AuthnFixture.T1, "{tenantid}")),
                        "another issuer"),
                Arguments.of(document.deepCopy().without("issuer"), "another issuer"),
                Arguments.of(document.deepCopy().without("jwks_uri"), "names no key set"),
                Arguments.of(
                        document.deepCopy().put("jwks_uri", keys.replace("https:", "http:")),
                        "not one of https"),
                Arguments.of(
                        document.deepCopy().put("jwks_uri", "file:///etc/passwd"),
                        "not one of https"),
                Arguments.of(document.deepCopy().put("jwks_uri", "https://a b/"), "malformed"));
    }

    @ParameterizedTest
    @MethodSource("badDiscoveries")
    void aDiscoveryDocumentThatDoesNotFitMakesTheKeysUnavailable(
            ObjectNode document, String reason) {
        fixture.server.serve(AuthnFixture.DISCOVERY, document);
        cold(AuthnFixture.TIMES);

        Code code = fixture.codeOf(good());

        assertThat(code).isEqualTo(KEYS_UNAVAILABLE);
        assertThat(fixture.fetches()).isZero();
        assertThat(status().lastError().orElseThrow()).contains(reason);
        assertThat(status().usable()).isFalse();
    }

    @Test
    void anIssuerWhoseCertificateIsNotTrustedHasNoKeys() {
        TrustedIssuer trusted = fixture.entraIssuer();
        TrustedIssuer untrusted =
                new TrustedIssuer(
                        trusted.name(),
                        trusted.issuer(),
                        io.stagedoor.proxy.authn.keys.KeySource.discovery(),
                        trusted.rules(),
                        trusted.tenants(),
                        trusted.claims());
        fixture.server.forgetHits();
        fixture.make(
                AuthnFixture.LIMITS, AuthnFixture.TIMES, AuthenticationListener.NONE, untrusted);

        assertThat(fixture.codeOf(good())).isEqualTo(KEYS_UNAVAILABLE);
        assertThat(fixture.server.allHits()).isZero();
    }

    @Test
    void anIssuerThatWithdrawsAllItsKeysIsBelieved() {
        assertThat(fixture.accept(good())).isNotNull();
        fixture.publish();
        fixture.codeOf(unknown("x"));

        assertThat(fixture.codeOf(good())).isEqualTo(TOKEN_UNKNOWN_KEY);
        assertThat(status().usable()).isFalse();
    }

    @Test
    void verifiesWithoutFailureWhileKeysRotate() throws Exception {
        ObjectNode first = TestKeys.jwk("rsa", TestKeys.RSA);
        ObjectNode second = TestKeys.jwk("new", TestKeys.OTHER_RSA);
        fixture.publish(first, second);
        Draft draft = fixture.good();
        List<Future<Boolean>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 200)
                    .forEach(
                            i -> results.add(threads.submit(() -> verifiesAmidRotation(draft, i))));
        }

        for (Future<Boolean> result : results) {
            assertThat(result.get()).isTrue();
        }
        assertThat(fixture.fetches()).isEqualTo(1);
    }

    private static boolean verifiesAmidRotation(Draft draft, int number) throws RefusedException {
        boolean rotated = number % 2 == 1;
        Draft own = draft.claim("uti", "t" + number).header("kid", rotated ? "new" : "rsa");
        String token = own.sign(rotated ? TestKeys.OTHER_RSA : TestKeys.RSA);
        return fixture.authenticator()
                .authenticate(AuthnFixture.bearer(token), Set.of(), new LastToken())
                .tokenId()
                .filter(("t" + number)::equals)
                .isPresent();
    }

    private static long farAway() {
        return fixture.clock.instant().plus(Duration.ofDays(3)).getEpochSecond();
    }

    private static LoopbackIssuer.Answer answer(LoopbackIssuer.Answer answer) {
        return answer;
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", fixture.server.base() + "/elsewhere");
        exchange.sendResponseHeaders(302, -1);
    }

    private static void tenMegabytes(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(" ".repeat(10 << 20).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void manyKeys(HttpExchange exchange) throws IOException {
        String keys = "{},".repeat(99_999) + "{}";
        LoopbackIssuer.send(exchange, 200, "{\"keys\":[" + keys + "]}");
    }

    private static void gzip(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(new byte[1 << 20]);
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, packed.size());
        exchange.getResponseBody().write(packed.toByteArray());
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        wait(new CountDownLatch(1));
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(interrupted));
        }
    }
}
