package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_BAD_SIGNATURE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_EXPIRED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_NOT_YET_VALID;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_AUDIENCE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.refusal.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section "Registered claims" of the table of bad tokens, with every boundary in time. */
class ClaimCasesTest {

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
        fixture.reset();
    }

    static Stream<TokenCase> cases() {
        return Stream.of(expiry(), beginnings(), audiences(), issuers(), kinds())
                .flatMap(rows -> rows);
    }

    private static Stream<TokenCase> expiry() {
        return Stream.of(
                at("48 exp past by skew + 1 s", TOKEN_EXPIRED, "exp", -61),
                at("48 exp exactly now - skew", TOKEN_EXPIRED, "exp", -60),
                row("48 exp missing", TOKEN_UNACCEPTABLE, draft -> draft.without("exp")),
                claim("48 exp a text", TOKEN_MALFORMED, "exp", "9999999999"),
                claim("48 exp negative", TOKEN_MALFORMED, "exp", -1),
                claim("48 exp null", TOKEN_MALFORMED, "exp", NullNode.getInstance()),
                claim("48 exp a list", TOKEN_MALFORMED, "exp", List.of(9_999_999_999L)),
                claim("48 exp beyond the year 9999", TOKEN_MALFORMED, "exp", 253_402_300_800L),
                claim(
                        "48 exp beyond a long",
                        TOKEN_MALFORMED,
                        "exp",
                        new java.math.BigInteger("9".repeat(40))),
                TokenCase.of("48 exp 1e999", TOKEN_MALFORMED, f -> raw(f, "exp", "1e999")),
                TokenCase.of(
                        "48 exp of 100 digits",
                        TOKEN_MALFORMED,
                        f -> raw(f, "exp", "9".repeat(100))),
                TokenCase.of(
                        "48 exp past, as a float",
                        TOKEN_EXPIRED,
                        f -> f.good().claim("exp", now(f) - 60.5).sign(TestKeys.RSA)));
    }

    private static Stream<TokenCase> beginnings() {
        return Stream.of(
                at("50 nbf beyond skew", TOKEN_NOT_YET_VALID, "nbf", 61),
                claim("50 nbf a text", TOKEN_MALFORMED, "nbf", "1"),
                claim("50 nbf negative", TOKEN_MALFORMED, "nbf", -5),
                at("51 iat beyond skew", TOKEN_NOT_YET_VALID, "iat", 61),
                claim("51 iat a text", TOKEN_MALFORMED, "iat", "1"));
    }

    private static Stream<TokenCase> audiences() {
        Stream<TokenCase> others =
                Stream.of("", "api1x", "ap", "API1", "api1/", "api://api1/", "a/api1")
                        .map(aud -> claim("52 aud " + aud, TOKEN_WRONG_AUDIENCE, "aud", aud));
        Stream<TokenCase> services =
                Stream.of(
                                "53 https://dev.azuresynapse.net",
                                "53 https://graph.microsoft.com",
                                "53 https://vault.azure.net",
                                "54 https://management.azure.com",
                                "54 https://management.azure.com/",
                                "54 00000003-0000-0000-c000-000000000000")
                        .map(
                                row ->
                                        claim(
                                                row.replace(" ", " aud of a service "),
                                                TOKEN_WRONG_AUDIENCE,
                                                "aud",
                                                row.substring(3)));
        return Stream.concat(
                Stream.concat(others, services),
                Stream.of(
                        row("52 aud missing", TOKEN_WRONG_AUDIENCE, draft -> draft.without("aud")),
                        claim("52 aud empty list", TOKEN_WRONG_AUDIENCE, "aud", List.of()),
                        claim(
                                "52 aud foreign list",
                                TOKEN_WRONG_AUDIENCE,
                                "aud",
                                List.of("a", "b")),
                        claim("52 aud list of numbers", TOKEN_MALFORMED, "aud", List.of(1, 2)),
                        claim(
                                "52 aud list with a number",
                                TOKEN_MALFORMED,
                                "aud",
                                List.of("api1", 2)),
                        claim("52 aud a number", TOKEN_MALFORMED, "aud", 1),
                        claim("52 aud an object", TOKEN_MALFORMED, "aud", Map.of("api1", 1)),
                        claim("52 aud null", TOKEN_MALFORMED, "aud", NullNode.getInstance())));
    }

    private static Stream<TokenCase> issuers() {
        Stream<TokenCase> variants =
                Stream.<Function<String, String>>of(
                                iss -> iss.toUpperCase(java.util.Locale.ROOT),
                                iss -> iss + "/",
                                iss -> iss.replace("https://", "https://user@"),
                                iss -> iss.replaceFirst(":\\d+/", ":443/"),
                                iss -> iss + "?a=b",
                                iss -> iss.replace("/v2.0", "%2fv2.0"),
                                iss -> iss.replace("/v2.0", "/../v2.0"),
                                iss -> iss.replace("https:", "http:"),
                                iss -> iss.replace(AuthnFixture.T1, AuthnFixture.T2),
                                iss -> iss.replace(AuthnFixture.T1, "{tenantid}"),
                                iss -> "")
                        .map(
                                change ->
                                        TokenCase.of(
                                                "55 iss " + change.apply("https://h:1/t/v2.0"),
                                                TOKEN_WRONG_ISSUER,
                                                f ->
                                                        f.good()
                                                                .claim(
                                                                        "iss",
                                                                        change.apply(f.entra()))
                                                                .sign(TestKeys.RSA)));
        return Stream.concat(
                variants,
                Stream.of(
                        row("55 iss missing", TOKEN_WRONG_ISSUER, draft -> draft.without("iss")),
                        claim("55 iss a number", TOKEN_MALFORMED, "iss", 7),
                        claim("55 iss a list", TOKEN_MALFORMED, "iss", List.of("x")),
                        TokenCase.fetching(
                                "56 iss of one provider, key of another",
                                TOKEN_UNKNOWN_KEY,
                                f -> f.good().header("kid", "okta").sign(TestKeys.OTHER_RSA)),
                        TokenCase.of(
                                "56 the same, kid of the provider's own key",
                                TOKEN_BAD_SIGNATURE,
                                f -> f.goodOkta().sign(TestKeys.RSA))));
    }

    private static Stream<TokenCase> kinds() {
        return Stream.concat(
                Stream.of("nonce", "at_hash", "c_hash", "s_hash", "events")
                        .map(
                                name ->
                                        claim(
                                                "60 ID token with " + name,
                                                TOKEN_UNACCEPTABLE,
                                                name,
                                                "x")),
                Stream.of(
                        claim(
                                "93 bound to a DPoP key",
                                TOKEN_UNACCEPTABLE,
                                "cnf",
                                Map.of("jkt", "x")),
                        claim(
                                "93 bound to a certificate",
                                TOKEN_UNACCEPTABLE,
                                "cnf",
                                Map.of("x5t#S256", "x"))));
    }

    private static TokenCase row(String row, Code code, Function<Draft, Draft> change) {
        return TokenCase.of(row, code, f -> change.apply(f.good()).sign(TestKeys.RSA));
    }

    private static TokenCase claim(String row, Code code, String name, Object value) {
        return row(row, code, draft -> draft.claim(name, value));
    }

    private static TokenCase at(String row, Code code, String name, int secondsFromNow) {
        return TokenCase.of(
                row, code, f -> f.good().claim(name, now(f) + secondsFromNow).sign(TestKeys.RSA));
    }

    private static String raw(AuthnFixture f, String name, String number) {
        String claims = f.good().without(name).claims().toString();
        return f.good()
                .signPayload(
                        "{\"" + name + "\":" + number + "," + claims.substring(1), TestKeys.RSA);
    }

    private static long now(AuthnFixture f) {
        return f.clock.instant().getEpochSecond();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        row.check(fixture);
    }

    @Test
    void takesATokenUntilTheInstantOfExpiryPlusSkew() {
        long expiry = now(fixture) + 100;
        String token = fixture.good().claim("exp", expiry).sign(TestKeys.RSA);
        Instant end = Instant.ofEpochSecond(expiry).plus(AuthnFixture.SKEW);

        fixture.clock.set(end.minusMillis(1));

        assertThat(fixture.accept(token).expiresAt()).isEqualTo(Instant.ofEpochSecond(expiry));
        fixture.clock.set(end);
        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_EXPIRED);
    }

    @Test
    void refusesATokenThatExpiresNowWhereNoSkewIsAllowed() {
        TokenRules exact =
                TokenRules.of(Set.of("api1"), EnumSet.of(SignatureAlgorithm.RS256), Duration.ZERO);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer(exact));

        String expiresNow = fixture.good().claim("exp", now(fixture)).sign(TestKeys.RSA);
        String expiresNext = fixture.good().claim("exp", now(fixture) + 1).sign(TestKeys.RSA);

        assertThat(fixture.codeOf(expiresNow)).isEqualTo(TOKEN_EXPIRED);
        assertThat(fixture.accept(expiresNext)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbf", "iat"})
    void takesATokenFromTheInstantOfItsBeginningMinusSkew(String claim) {
        long begin = now(fixture) + 100;
        String token = fixture.good().claim(claim, begin).sign(TestKeys.RSA);
        Instant first = Instant.ofEpochSecond(begin).minus(AuthnFixture.SKEW);

        fixture.clock.set(first.minusMillis(1));

        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_NOT_YET_VALID);
        fixture.clock.set(first);
        assertThat(fixture.accept(token)).isNotNull();
    }

    @Test
    void takesATokenWithoutNotBeforeAndIssueTime() {
        String token = fixture.good().without("nbf").without("iat").sign(TestKeys.RSA);

        assertThat(fixture.accept(token)).isNotNull();
    }

    @Test
    void roundsFractionsSoThatTheTokenIsGoodForLess() {
        double expiry = now(fixture) + 0.9;
        String token =
                fixture.good()
                        .claim("exp", expiry)
                        .claim("nbf", now(fixture) - 0.5)
                        .sign(TestKeys.RSA);

        VerifiedToken verified = fixture.accept(token);

        assertThat(verified.expiresAt()).isEqualTo(Instant.ofEpochSecond(now(fixture)));
    }

    @Test
    void refusesOldTokensWhereTheIssuerHasAnAgeLimit() {
        TokenRules rules =
                new TokenRules(
                        Set.of("api1"),
                        EnumSet.of(SignatureAlgorithm.RS256),
                        AuthnFixture.SKEW,
                        Optional.of(Duration.ofHours(2)),
                        false);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer(rules));
        Draft draft = fixture.good().claim("exp", now(fixture) + 1_000_000);

        String dayOld = draft.claim("iat", now(fixture) - 86_400).sign(TestKeys.RSA);
        String atLimit = draft.claim("iat", now(fixture) - 7_260).sign(TestKeys.RSA);
        String justFit = draft.claim("iat", now(fixture) - 7_259).sign(TestKeys.RSA);
        String ageless = draft.without("iat").sign(TestKeys.RSA);

        assertThat(fixture.codeOf(dayOld)).isEqualTo(TOKEN_EXPIRED);
        assertThat(fixture.codeOf(atLimit)).isEqualTo(TOKEN_EXPIRED);
        assertThat(fixture.codeOf(ageless)).isEqualTo(TOKEN_UNACCEPTABLE);
        assertThat(fixture.accept(justFit)).isNotNull();
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(fixture.codeOf(justFit)).isEqualTo(TOKEN_EXPIRED);
    }

    @Test
    void takesAListOfAudiencesWithAnAcceptedOneInIt() {
        String token =
                fixture.good().claim("aud", List.of("other", "api://api1")).sign(TestKeys.RSA);

        assertThat(fixture.accept(token).audiences())
                .containsExactlyInAnyOrder("other", "api://api1");
    }

    @Test
    void takesATrailingSlashExactlyAsConfigured() {
        TokenRules rules =
                TokenRules.of(
                        Set.of("https://dev.azuresynapse.net/"),
                        EnumSet.of(SignatureAlgorithm.RS256),
                        AuthnFixture.SKEW);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer(rules));
        Draft draft = fixture.good();

        String with = draft.claim("aud", "https://dev.azuresynapse.net/").sign(TestKeys.RSA);
        String without = draft.claim("aud", "https://dev.azuresynapse.net").sign(TestKeys.RSA);

        assertThat(fixture.accept(with)).isNotNull();
        assertThat(fixture.codeOf(without)).isEqualTo(TOKEN_WRONG_AUDIENCE);
    }
}
