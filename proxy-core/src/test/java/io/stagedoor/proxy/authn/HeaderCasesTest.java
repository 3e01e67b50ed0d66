package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_BAD_SIGNATURE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.refusal.Refusal;
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

/** Section "Header fields an attacker supplies" of the table of bad tokens. */
class HeaderCasesTest {

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
        return Stream.of(
                        ownKeys(),
                        addresses(),
                        keyIds(),
                        critical(),
                        types(),
                        encryption(),
                        doubled())
                .flatMap(rows -> rows);
    }

    private static Stream<TokenCase> ownKeys() {
        Object key = TestKeys.jwk("rsa", TestKeys.OTHER_RSA);
        return Stream.of(
                TokenCase.of(
                        "21 jwk, signed by it",
                        TOKEN_UNACCEPTABLE,
                        f -> f.good().header("jwk", key).sign(TestKeys.OTHER_RSA)),
                with("23 x5c with a self-signed chain", TOKEN_UNACCEPTABLE, "x5c", List.of("MIIB")),
                TokenCase.of(
                        "23 x5t of a real key, foreign signature",
                        TOKEN_BAD_SIGNATURE,
                        f -> f.good().header("x5t", "rsa").sign(TestKeys.OTHER_RSA)));
    }

    private static Stream<TokenCase> addresses() {
        return Stream.of("22 jku", "23 x5u")
                .flatMap(
                        name ->
                                Stream.of(
                                        pointing(
                                                name,
                                                "a stranger",
                                                f -> f.attacker.base() + "/keys"),
                                        pointing(
                                                name,
                                                "an open redirect of the issuer",
                                                f ->
                                                        f.server.base()
                                                                + "/open?to="
                                                                + f.attacker.base()),
                                        pointing(
                                                name,
                                                "a stranger behind an @",
                                                f ->
                                                        "https://login@"
                                                                + f.attacker.base().substring(8)
                                                                + "/keys"),
                                        pointing(
                                                name,
                                                "a stranger behind a #",
                                                f -> f.server.base() + "/#" + f.attacker.base()),
                                        pointing(
                                                name,
                                                "the issuer with dots",
                                                f -> f.server.base() + "/../keys")));
    }

    private static TokenCase pointing(
            String name, String where, Function<AuthnFixture, String> address) {
        String field = name.substring(3);
        return TokenCase.of(
                name + " to " + where,
                TOKEN_UNACCEPTABLE,
                f -> f.good().header(field, address.apply(f)).sign(TestKeys.OTHER_RSA));
    }

    private static Stream<TokenCase> keyIds() {
        Stream<TokenCase> strange =
                Stream.of(
                                "../../../../dev/null",
                                "/etc/hostname",
                                "x' OR '1'='1",
                                "|id",
                                "${jndi:ldap://127.0.0.1/a}",
                                "a\r\nb: c",
                                "a\u0000b")
                        .map(
                                id ->
                                        TokenCase.fetching(
                                                "24 kid " + id.length(),
                                                TOKEN_UNKNOWN_KEY,
                                                kid(id)));
        Stream<TokenCase> unfit =
                Stream.of(
                        TokenCase.of("25 kid empty", TOKEN_MALFORMED, kid("")),
                        TokenCase.of("25 kid of 257", TOKEN_MALFORMED, kid("k".repeat(257))),
                        TokenCase.of("25 kid of 100 KB", TOKEN_MALFORMED, kid("k".repeat(102_400))),
                        TokenCase.of("25 kid a number", TOKEN_MALFORMED, kid(7)),
                        TokenCase.of("25 kid an object", TOKEN_MALFORMED, kid(Map.of("a", 1))));
        return Stream.concat(strange, unfit);
    }

    private static Function<AuthnFixture, String> kid(Object id) {
        return f -> f.good().header("kid", id).sign(TestKeys.RSA);
    }

    private static Stream<TokenCase> critical() {
        return Stream.of(
                TokenCase.of(
                        "27 crit b64, raw payload",
                        TOKEN_UNACCEPTABLE,
                        f ->
                                f.good()
                                        .header("crit", List.of("b64"))
                                        .header("b64", false)
                                        .sign(TestKeys.RSA)),
                with("27 b64 alone", TOKEN_UNACCEPTABLE, "b64", true),
                with("28 crit exp", TOKEN_UNACCEPTABLE, "crit", List.of("exp")),
                with("28 crit empty", TOKEN_UNACCEPTABLE, "crit", List.of()),
                with("28 crit a text", TOKEN_UNACCEPTABLE, "crit", "x"),
                with("28 crit names an absent field", TOKEN_UNACCEPTABLE, "crit", List.of("acme")));
    }

    private static Stream<TokenCase> types() {
        Stream<TokenCase> foreign =
                Stream.of(
                                "dpop+jwt",
                                "logout+jwt",
                                "secevent+jwt",
                                "token-introspection+jwt",
                                "JOSE+JSON",
                                "")
                        .map(type -> with("30 typ " + type, TOKEN_UNACCEPTABLE, "typ", type));
        return Stream.concat(
                foreign,
                Stream.of(
                        with("30 typ a number", TOKEN_MALFORMED, "typ", 1),
                        with("34 nonce of Graph", TOKEN_UNACCEPTABLE, "nonce", "abc")));
    }

    private static Stream<TokenCase> encryption() {
        return Stream.of(
                with("33 zip on a JWS", TOKEN_UNACCEPTABLE, "zip", "DEF"),
                TokenCase.of(
                        "33 zip on a JWE",
                        TOKEN_MALFORMED,
                        f ->
                                Draft.encode(
                                                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}")
                                        + ".AA.AA.AA.AA"),
                with("36 epk", TOKEN_UNACCEPTABLE, "epk", Map.of("kty", "EC")),
                with("36 p2c", TOKEN_UNACCEPTABLE, "p2c", 2_147_483_647),
                with("36 apu", TOKEN_UNACCEPTABLE, "apu", "AA"));
    }

    private static Stream<TokenCase> doubled() {
        return Stream.of(
                        "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa\"}",
                        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"alg\":\"none\"}",
                        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"\\u0061lg\":\"RS256\"}")
                .map(
                        header ->
                                TokenCase.of(
                                        "35 " + header,
                                        TOKEN_MALFORMED,
                                        f -> f.good().signHeader(header, TestKeys.RSA)));
    }

    private static TokenCase with(
            String row, io.stagedoor.proxy.refusal.Code code, String name, Object value) {
        return TokenCase.of(row, code, f -> f.good().header(name, value).sign(TestKeys.RSA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        row.check(fixture);

        assertThat(fixture.attacker.allHits()).isZero();
    }

    @Test
    void saysThatTheTokenIsMeantForGraph() {
        String token = fixture.good().header("nonce", "abc").sign(TestKeys.RSA);

        Refusal refusal = fixture.refusalOf(token);

        assertThat(refusal.sentence()).contains("Microsoft Graph");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    void takesTheTypesOfAccessTokens(String type) {
        String token = fixture.good().header("typ", type).sign(TestKeys.RSA);

        assertThat(fixture.accept(token).issuerName()).isEqualTo("entra");
    }

    @Test
    void takesATokenWithoutType() {
        String token = fixture.good().withoutHeader("typ").sign(TestKeys.RSA);

        assertThat(fixture.accept(token).issuerName()).isEqualTo("entra");
    }

    @Test
    void demandsTheAccessTokenTypeWhereTheIssuerIsSetToIt() {
        TokenRules strict =
                new TokenRules(
                        Set.of("api1"),
                        EnumSet.of(SignatureAlgorithm.RS256),
                        AuthnFixture.SKEW,
                        Optional.empty(),
                        true);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer(strict));

        assertThat(fixture.codeOf(fixture.good().sign(TestKeys.RSA))).isEqualTo(TOKEN_UNACCEPTABLE);
        assertThat(fixture.accept(fixture.good().header("typ", "at+jwt").sign(TestKeys.RSA)))
                .isNotNull();
    }

    @Test
    void takesATokenWithoutKeyIdIfExactlyOneKeyFits() {
        String token =
                fixture.good().withoutHeader("kid").header("alg", "ES256").sign(TestKeys.P256);

        assertThat(fixture.accept(token).issuerName()).isEqualTo("entra");
        assertThat(fixture.fetches()).isZero();
    }

    @Test
    void refusesATokenWithoutKeyIdIfSeveralKeysFit() {
        fixture.publish(
                TestKeys.jwk("rsa", TestKeys.RSA), TestKeys.jwk("second", TestKeys.OTHER_RSA));
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());

        String token = fixture.good().withoutHeader("kid").sign(TestKeys.RSA);

        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_UNKNOWN_KEY);
        assertThat(fixture.fetches()).isZero();
    }

    @Test
    void refusesAnAlgorithmThatTheIssuerIsNotSetTo() {
        TokenRules onlyRsa =
                TokenRules.of(
                        Set.of("api1"), EnumSet.of(SignatureAlgorithm.RS256), AuthnFixture.SKEW);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer(onlyRsa));

        String token =
                fixture.good().header("alg", "ES256").header("kid", "ec").sign(TestKeys.P256);

        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_UNACCEPTABLE);
    }

    @Test
    void ignoresHeaderFieldsItDoesNotKnow() {
        String token =
                fixture.good()
                        .header("x5t", "anything")
                        .header("x5t#S256", "anything")
                        .header("acme", List.of(1, 2))
                        .sign(TestKeys.RSA);

        assertThat(fixture.accept(token).issuerName()).isEqualTo("entra");
    }
}
