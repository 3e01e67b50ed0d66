package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_BAD_SIGNATURE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_EXPIRED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MISSING;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of tokens, and that remembering is never believing (rows 86, 90). */
class TokenMemoryTest {

    private static AuthnFixture fixture;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AuthenticationListener listener =
            new AuthenticationListener() {
                @Override
                public void onRemembered(String issuerName) {
                    heard.add("remembered");
                }

                @Override
                public void onVerified(String issuerName) {
                    heard.add("verified");
                }

                @Override
                public void onRefused(Code code) {
                    heard.add(code.text());
                }
            };

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
        use(AuthnFixture.LIMITS);
    }

    private void use(AuthenticationLimits limits) {
        fixture.make(limits, AuthnFixture.TIMES, listener, fixture.entraIssuer());
        fixture.authenticator().preload();
        heard.clear();
    }

    private static Optional<VerifiedToken> tryNow(String token, String... audiences)
            throws RefusedException {
        return fixture.authenticator()
                .tryAuthenticate(AuthnFixture.bearer(token), Set.of(audiences), new LastToken());
    }

    private static Code refused(String token, String... audiences) {
        return catchThrowableOfType(RefusedException.class, () -> tryNow(token, audiences)).code();
    }

    @Test
    void answersFromMemoryOnceATokenIsVerified() throws RefusedException {
        String token = fixture.good().sign(TestKeys.RSA);
        assertThat(tryNow(token)).isEmpty();

        VerifiedToken verified = fixture.accept(token);

        assertThat(tryNow(token)).containsSame(verified);
        assertThat(fixture.accept(token)).isSameAs(verified);
        assertThat(heard).containsExactly("verified", "remembered", "remembered");
    }

    @Test
    void neverWaitsForAKeySet() throws RefusedException {
        fixture.make(AuthnFixture.LIMITS, AuthnFixture.TIMES, listener, fixture.entraIssuer());
        fixture.server.forgetHits();

        Optional<VerifiedToken> nothing = tryNow(fixture.good().sign(TestKeys.RSA));

        assertThat(nothing).isEmpty();
        assertThat(fixture.server.allHits()).isZero();
    }

    @Test
    void refusesARememberedTokenOnceItExpires() {
        String token = fixture.good().sign(TestKeys.RSA);
        fixture.accept(token);

        fixture.clock.advance(Duration.ofHours(1).plus(AuthnFixture.SKEW));

        assertThat(refused(token)).isEqualTo(TOKEN_EXPIRED);
        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_EXPIRED);
    }

    @Test
    void doesNotConfuseTheAudiencesOfRoutes() throws RefusedException {
        String token = fixture.good().claim("aud", "api://api1").sign(TestKeys.RSA);

        assertThat(fixture.accept(token, Set.of("api://api1"))).isNotNull();

        assertThat(refused(token, "api1")).isEqualTo(TOKEN_WRONG_AUDIENCE);
        assertThat(tryNow(token, "api1", "api://api1")).isPresent();
        assertThat(tryNow(token)).isPresent();
    }

    @Test
    void aRoutesAudienceDoesNotWidenThoseOfTheIssuer() {
        String token = fixture.good().claim("aud", "foreign").sign(TestKeys.RSA);

        RefusedException refused =
                catchThrowableOfType(
                        RefusedException.class,
                        () ->
                                fixture.authenticator()
                                        .authenticate(
                                                AuthnFixture.bearer(token),
                                                Set.of("foreign"),
                                                new LastToken(),
                                                "::1"));

        assertThat(refused.code()).isEqualTo(TOKEN_WRONG_AUDIENCE);
    }

    @Test
    void aTokenRefusedOnOneRouteIsStillGoodOnAnother() {
        String token = fixture.good().sign(TestKeys.RSA);
        RefusedException refused =
                catchThrowableOfType(
                        RefusedException.class,
                        () ->
                                fixture.authenticator()
                                        .authenticate(
                                                AuthnFixture.bearer(token),
                                                Set.of("api://api1"),
                                                new LastToken(),
                                                "::1"));

        assertThat(refused.code()).isEqualTo(TOKEN_WRONG_AUDIENCE);
        assertThat(fixture.accept(token, Set.of("api1"))).isNotNull();
    }

    @Test
    void remembersABadTokenForAShortTime() throws RefusedException {
        String forged = fixture.good().sign(TestKeys.OTHER_RSA);
        assertThat(tryNow(forged)).isEmpty();
        assertThat(fixture.codeOf(forged)).isEqualTo(TOKEN_BAD_SIGNATURE);

        assertThat(refused(forged)).isEqualTo(TOKEN_BAD_SIGNATURE);

        fixture.clock.advance(AuthnFixture.LIMITS.refusedFor());
        assertThat(tryNow(forged)).isEmpty();
    }

    @Test
    void doesNotRememberATokenThatIsNotValidYet() {
        long later = fixture.clock.instant().getEpochSecond() + 62;
        String early = fixture.good().claim("nbf", later).sign(TestKeys.RSA);
        assertThat(fixture.codeOf(early)).isEqualTo(Code.TOKEN_NOT_YET_VALID);

        fixture.clock.advance(Duration.ofSeconds(2));

        assertThat(fixture.accept(early)).isNotNull();
    }

    @Test
    void refusesAtOnceWhatIsNoTokenAtAll() {
        RefusedException missing =
                catchThrowableOfType(
                        RefusedException.class,
                        () ->
                                fixture.authenticator()
                                        .tryAuthenticate(
                                                Optional.empty(), Set.of(), new LastToken()));

        assertThat(missing.code()).isEqualTo(TOKEN_MISSING);
        assertThat(heard).containsExactly("token_missing");
    }

    @Test
    void aTokenOfOneUserIsNeverTakenForAnothers() {
        String alice = fixture.good().sign(TestKeys.RSA);
        String bob =
                fixture.good()
                        .claim("oid", "0b0b0000-0000-4000-8000-000000000009")
                        .sign(TestKeys.RSA);
        fixture.accept(alice);
        fixture.accept(bob);

        assertThat(fixture.accept(alice).principal().objectId()).isEqualTo(AuthnFixture.ALICE);
        assertThat(fixture.accept(bob).principal().objectId()).startsWith("0b0b0000");
    }

    @Test
    void repeatOnAConnectionHasExpiryAudienceAndKeyCheckedAgain() throws RefusedException {
        LastToken last = new LastToken();
        Optional<String> field = AuthnFixture.bearer(fixture.good().sign(TestKeys.RSA));
        TokenAuthenticator authenticator = fixture.authenticator();
        VerifiedToken token = authenticator.authenticate(field, Set.of(), last, "::1");

        assertThat(authenticator.tryAuthenticate(field, Set.of("api1"), last)).containsSame(token);
        assertThat(codeOfRepeat(field, Set.of("api://api1"), last)).isEqualTo(TOKEN_WRONG_AUDIENCE);
        fixture.clock.advance(AuthnFixture.PAST_COOL_DOWN);
        fixture.publish(TestKeys.jwk("new", TestKeys.OTHER_RSA));
        fixture.codeOf(fixture.good().header("kid", "x").sign(TestKeys.RSA));
        assertThat(authenticator.tryAuthenticate(field, Set.of(), last)).isEmpty();
        fixture.clock.advance(Duration.ofHours(2));
        assertThat(codeOfRepeat(field, Set.of(), last)).isEqualTo(TOKEN_EXPIRED);
    }

    private Code codeOfRepeat(Optional<String> field, Set<String> audiences, LastToken last) {
        return catchThrowableOfType(
                        RefusedException.class,
                        () -> fixture.authenticator().tryAuthenticate(field, audiences, last))
                .code();
    }

    @Test
    void onlyTheVerySameFieldIsARepeat() throws RefusedException {
        LastToken last = new LastToken();
        String token = fixture.good().sign(TestKeys.RSA);
        String altered = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
        TokenAuthenticator authenticator = fixture.authenticator();
        authenticator.authenticate(AuthnFixture.bearer(token), Set.of(), last, "::1");

        assertThat(authenticator.tryAuthenticate(AuthnFixture.bearer(altered), Set.of(), last))
                .isEmpty();
        assertThat(codeOfRepeat(Optional.empty(), Set.of(), last)).isEqualTo(Code.TOKEN_MISSING);
        assertThat(last.toString()).doesNotContain(token);
    }

    @Test
    void whatOneConnectionShowedBeforeAnotherCallerIsForgotten() throws RefusedException {
        LastToken last = new LastToken();
        Optional<String> alice = AuthnFixture.bearer(fixture.good().sign(TestKeys.RSA));
        Optional<String> bob =
                AuthnFixture.bearer(
                        fixture.good()
                                .claim("oid", "0b0b0000-0000-4000-8000-000000000009")
                                .sign(TestKeys.RSA));
        TokenAuthenticator authenticator = fixture.authenticator();
        authenticator.authenticate(alice, Set.of(), last, "::1");
        authenticator.authenticate(bob, Set.of(), last, "::1");

        for (int i = 0; i < 2; i++) {
            assertThat(objectId(alice, last)).isEqualTo(AuthnFixture.ALICE);
            assertThat(objectId(bob, last)).startsWith("0b0b0000");
        }
    }

    private String objectId(Optional<String> field, LastToken last) throws RefusedException {
        return fixture.authenticator()
                .tryAuthenticate(field, Set.of(), last)
                .orElseThrow()
                .principal()
                .objectId();
    }

    @Test
    void whatOtherRulesVerifiedIsNoRepeat() throws Exception {
        LastToken last = new LastToken();
        Optional<String> field = AuthnFixture.bearer(fixture.good().sign(TestKeys.RSA));
        fixture.authenticator().authenticate(field, Set.of(), last, "::1");

        try (TokenAuthenticator stricter =
                TokenAuthenticator.of(
                        List.of(),
                        AuthenticationLimits.defaults(),
                        fixture.clock,
                        AuthenticationListener.NONE)) {
            assertThat(stricter.tryAuthenticate(field, Set.of(), last)).isEmpty();
        }
    }

    @Test
    void digestsTellLettersOfEverySizeApart() {
        Set<TokenDigest> digests = new HashSet<>();

        for (String text : List.of("Bearer A", "Bearer \u0141", "Bearer \u4141", "Bearer AA")) {
            digests.add(TokenDigest.of(text, 7));
        }
        digests.add(TokenDigest.of("Bearer " + "A".repeat(5000), 7));
        digests.add(TokenDigest.of("Bearer " + "A".repeat(4999) + "\u0141", 7));

        assertThat(digests).hasSize(6);
        assertThat(TokenDigest.of("x" + "b".repeat(3000), 1))
                .isEqualTo(TokenDigest.of("yy" + "b".repeat(3000), 2));
    }

    @Test
    void givesTheTurnBackAfterEveryOutcome() {
        use(new AuthenticationLimits(16_384, 10, 10, Duration.ZERO, 1, Duration.ZERO));

        for (int i = 0; i < 5; i++) {
            assertThat(fixture.codeOf(fixture.good().sign(TestKeys.OTHER_RSA)))
                    .isEqualTo(TOKEN_BAD_SIGNATURE);
            assertThat(fixture.accept(fixture.good().claim("n", i).sign(TestKeys.RSA))).isNotNull();
        }
    }

    @Test
    void memoryIsBounded() throws RefusedException {
        use(
                new AuthenticationLimits(
                        16_384, 8, 8, Duration.ofSeconds(10), 2, Duration.ofMinutes(1)));
        List<String> tokens = new java.util.ArrayList<>();
        for (int i = 0; i < 40; i++) {
            tokens.add(fixture.good().claim("n", i).sign(TestKeys.RSA));
            fixture.accept(tokens.get(i));
        }

        int remembered = 0;
        for (String token : tokens) {
            remembered += tryNow(token).isPresent() ? 1 : 0;
        }

        assertThat(remembered).isBetween(1, 8);
    }
}
