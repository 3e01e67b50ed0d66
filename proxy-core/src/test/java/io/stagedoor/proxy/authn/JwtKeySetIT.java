package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.KEYS_UNAVAILABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.authn.JwtScene.Expected;
import io.stagedoor.proxy.testing.WireClient;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Key sets that rotate, fail, lie and attack: rows of the table, through the whole proxy. */
@Isolated("it reads the whole log, and shares its scene")
class JwtKeySetIT {

    private static final Duration REFRESH = Duration.ofHours(23);
    private static final Duration MAX_AGE = Duration.ofHours(24);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final String CROOKED = "/crooked";
    private static final String CROOKED_KEYS = "/crooked/keys";

    private static JwtScene scene;

    @BeforeAll
    static void start() throws IOException {
        scene =
                JwtScene.start(
                        text ->
                                text.replace(
                                        "workspaces:\n",
                                        """
                                          - name: crooked
                                            issuer: @base@/crooked
                                            audiences: [api1]
                                            fixed_tenant: crooked-directory
                                            claims: {principal: sub}
                                            keys: {trusted_certificates: issuer.pem}
                                        workspaces:
                                        """));
    }

    @AfterAll
    static void stop() throws IOException {
        scene.close();
    }

    /** The proxy holds the ordinary keys, fetched just now, and the cool-down is over. */
    @BeforeEach
    void settle() {
        scene.issuers().publishAll();
        scene.issuers().clock.advance(MAX_AGE);
        await().untilAsserted(
                        () -> {
                            scene.issuers().clock.advance(PAUSE_AFTER_FAILURE);
                            assertThat(scene.send(ask(good())).status()).isEqualTo(200);
                        });
        scene.goOn();
    }

    private static String good() {
        return lasting(scene.issuers().good()).sign(TestKeys.RSA);
    }

    private static Draft lasting(Draft draft) {
        long far = scene.issuers().clock.instant().plus(Duration.ofDays(9)).getEpochSecond();
        return draft.claim("exp", far);
    }

    private static String signedBy(String keyId) {
        return lasting(scene.issuers().good()).header("kid", keyId).sign(TestKeys.OTHER_RSA);
    }

    private static String ask(String token) {
        return JwtScene.request(JwtScene.bearer(token));
    }

    private static void unavailable(String token) {
        WireClient.Answer answer =
                scene.refuses(token, ask(token), Expected.of(503, KEYS_UNAVAILABLE));
        assertThat(answer.field("Retry-After")).isPresent();
    }

    private static JsonNode healthOf(String issuer) {
        JsonNode components = scene.health().path("components");
        return StreamSupport.stream(components.spliterator(), false)
                .filter(each -> each.path("name").asText().equals("keys " + issuer))
                .findFirst()
                .orElseThrow(() -> new AssertionError(scene.health().toString()));
    }

    private static boolean isHealthy(String issuer) {
        return healthOf(issuer).path("status").asText().equals("ok");
    }

    @Test
    @DisplayName("84 a discovery document that states another issuer")
    void anIssuerThatIsAnotherVouchesForNothing() {
        String base = scene.issuers().server.base();
        scene.issuers()
                .server
                .serve(
                        CROOKED + "/.well-known/openid-configuration",
                        Draft.json("{}")
                                .put("issuer", base + "/straight")
                                .put("jwks_uri", base + CROOKED_KEYS));
        scene.issuers()
                .server
                .serve(CROOKED_KEYS, TestKeys.keySet(TestKeys.jwk("plain", TestKeys.OTHER_RSA)));
        String token =
                lasting(scene.goodPlain()).claim("iss", base + CROOKED).sign(TestKeys.OTHER_RSA);

        scene.issuers().clock.advance(PAUSE_AFTER_FAILURE);

        scene.refuses(token, TOKEN_UNKNOWN_KEY, 0);
        assertThat(scene.issuers().server.hits(CROOKED_KEYS)).isZero();
        assertThat(isHealthy("crooked")).isFalse();
        assertThat(healthOf("crooked").toString()).contains("states another issuer");
        assertThat(isHealthy("entra")).isTrue();
    }

    static Stream<Arguments> badDocuments() {
        return KeySetTest.badDocuments();
    }

    @ParameterizedTest(name = "85 the key set is {0}")
    @MethodSource("badDocuments")
    void badKeySetsLeaveTheOldKeysInUseUntilTheirAgeLimit(
            String what, LoopbackIssuer.Answer answer, String reason) {
        String token = good();
        scene.serves(token);
        scene.issuers().server.on(AuthnFixture.KEYS, answer);

        unavailable(signedBy("new"));

        assertThat(healthOf("entra").toString()).contains("last error", reason);
        assertThat(isHealthy("entra")).isTrue();
        scene.serves(token);
        assertThat(scene.issuers().server.hits("/elsewhere")).isZero();
        assertThat(scene.metrics())
                .contains("stagedoor_keys_fetches_total{issuer=\"entra\",outcome=\"failed\"}");
        scene.issuers().clock.advance(MAX_AGE);
        unavailable(token);
        assertThat(isHealthy("entra")).isFalse();
    }

    @Test
    @DisplayName("85 discovery names a key set that is on http, or elsewhere by a redirect")
    void neverLeavesHttps() {
        String keys = scene.issuers().server.base().replace("https:", "http:") + AuthnFixture.KEYS;
        scene.issuers()
                .server
                .serve(
                        AuthnFixture.DISCOVERY,
                        Draft.json("{}")
                                .put("issuer", scene.issuers().entra())
                                .put("jwks_uri", keys));
        String token = good();

        unavailable(signedBy("new"));

        scene.assertFetches(0);
        scene.serves(token);
        assertThat(healthOf("entra").toString()).contains("not one of https");
    }

    @Test
    @DisplayName("88 rotation: the new key at once, the old one not after its removal")
    void rotationTakesOneFetch() {
        String old = good();
        scene.serves(old);
        scene.issuers().publish(TestKeys.jwk("new", TestKeys.OTHER_RSA));

        scene.serves(signedBy("new"));

        scene.assertFetches(1);
        scene.refuses(old, TOKEN_UNKNOWN_KEY, 1);
    }

    @Test
    @DisplayName("88 a key that is withdrawn without a successor falls with the next refresh")
    void aWithdrawnKeyIsRefusedAfterTheRefreshInterval() {
        String old = good();
        scene.serves(old);
        scene.issuers().publish(TestKeys.jwk("another", TestKeys.OTHER_RSA));
        scene.issuers().clock.advance(REFRESH.minusMinutes(2));
        scene.serves(old);
        scene.issuers().clock.advance(Duration.ofMinutes(2));

        scene.send(ask(old));

        await().untilAsserted(() -> assertThat(scene.send(ask(old)).status()).isEqualTo(401));
        assertThat(scene.issuers().fetches()).isEqualTo(1);
    }

    @Test
    @DisplayName("88 keys are renewed also where every request brings a token of its own")
    void newTokensRenewTheKeysToo() {
        scene.issuers().publish(TestKeys.jwk("another", TestKeys.OTHER_RSA));
        scene.issuers().clock.advance(REFRESH);

        scene.send(ask(good()));

        await().untilAsserted(() -> assertThat(scene.send(ask(good())).status()).isEqualTo(401));
        assertThat(scene.issuers().fetches()).isEqualTo(1);
    }

    @Test
    @DisplayName("89 an hour down, then back")
    void anHourWithoutTheIssuerIsNotNoticed() {
        String token = good();
        scene.serves(token);
        down();

        unavailable(signedBy("perhaps-new"));
        scene.issuers().clock.advance(Duration.ofHours(1));

        scene.serves(token);
        scene.serves(good());
        assertThat(ageMetric()).isGreaterThanOrEqualTo(3_600);
        scene.issuers().publishAll();
        scene.serves(lastingWith("ec"));
        assertThat(isHealthy("entra")).isTrue();
    }

    @Test
    @DisplayName("89 down beyond the age limit of the keys, then back without a restart")
    void keysThatAreTooOldVerifyNothingUntilTheyAreFetchedAgain() {
        String token = good();
        scene.serves(token);
        down();
        scene.issuers().clock.advance(MAX_AGE);

        unavailable(token);
        assertThat(isHealthy("entra")).isFalse();

        scene.issuers().publishAll();
        scene.issuers().clock.advance(PAUSE_AFTER_FAILURE);
        scene.serves(token);
        assertThat(isHealthy("entra")).isTrue();
    }

    private static String lastingWith(String keyId) {
        return lasting(scene.issuers().good())
                .header("alg", "ES256")
                .header("kid", keyId)
                .sign(TestKeys.P256);
    }

    private static void down() {
        scene.issuers()
                .server
                .on(AuthnFixture.KEYS, exchange -> LoopbackIssuer.send(exchange, 503, "{}"));
    }

    private static double ageMetric() {
        return scene.metrics()
                .lines()
                .filter(line -> line.startsWith("stagedoor_keys_age_seconds{issuer=\"entra\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("13 14 67 keys that are left out show in health and metrics by their reason")
    void showsWhichKeysAreLeftOutAndWhy() {
        assertThat(healthOf("entra").toString())
                .contains("3 usable keys (left out: 1 type, 2 use, 2 issuer, 1 size)");
        assertThat(scene.metrics())
                .contains("stagedoor_keys_usable{issuer=\"entra\"} 3.0")
                .contains("stagedoor_keys_dropped{issuer=\"entra\",reason=\"use\"} 2.0")
                .contains("stagedoor_keys_dropped{issuer=\"entra\",reason=\"size\"} 1.0")
                .contains("stagedoor_keys_dropped{issuer=\"entra\",reason=\"private\"} 0.0");
    }
}
