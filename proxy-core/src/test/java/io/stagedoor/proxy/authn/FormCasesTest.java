package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section "Encoding and JSON" of the table of bad tokens, and the forms of the field (row 95). */
class FormCasesTest {

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
        return Stream.of(letters(), parts(), doubled(), payloads(), texts(), strangers())
                .flatMap(rows -> rows);
    }

    private static Stream<TokenCase> letters() {
        return Stream.of(
                        " ", "\n", "\r\n", "\t", "=", "==", "+", "/", "!", "\u0000", "\u00e9",
                        "\u0130")
                .flatMap(
                        letter ->
                                IntStream.range(0, 6)
                                        .mapToObj(
                                                place ->
                                                        TokenCase.of(
                                                                "37 letter "
                                                                        + (int) letter.charAt(0)
                                                                        + " at "
                                                                        + place,
                                                                TOKEN_MALFORMED,
                                                                f -> insert(f, letter, place))));
    }

    /** Puts the letter into the middle (0-2) or at the end (3-5) of a part. */
    private static String insert(AuthnFixture f, String letter, int place) {
        String[] parts = f.good().sign(TestKeys.RSA).split("\\.");
        String part = parts[place % 3];
        int at = place < 3 ? part.length() / 2 : part.length();
        parts[place % 3] = part.substring(0, at) + letter + part.substring(at);
        return String.join(".", parts);
    }

    private static Stream<TokenCase> parts() {
        return Stream.of(
                TokenCase.of("37 loose bits", TOKEN_MALFORMED, FormCasesTest::looseBits),
                TokenCase.of("39 four parts", TOKEN_MALFORMED, f -> good(f) + ".AAAA"),
                TokenCase.of("39 five parts", TOKEN_MALFORMED, f -> good(f) + ".AAAA.AAAA"),
                TokenCase.of("39 leading dot", TOKEN_MALFORMED, f -> "." + good(f)),
                TokenCase.of("39 trailing dot", TOKEN_MALFORMED, f -> good(f) + "."),
                TokenCase.of("39 two dots", TOKEN_MALFORMED, f -> ".."),
                TokenCase.of("39 four dots", TOKEN_MALFORMED, f -> "...."),
                TokenCase.of("39 one dot", TOKEN_MALFORMED, f -> "."),
                TokenCase.of(
                        "39 two dots in a row",
                        TOKEN_MALFORMED,
                        f -> good(f).replaceFirst("\\.", "..")));
    }

    /** The signature of 256 octets ends in a letter that has four bits to spare. */
    private static String looseBits(AuthnFixture f) {
        String good = good(f);
        char last = good.charAt(good.length() - 1);
        return good.substring(0, good.length() - 1) + (char) (last + 1);
    }

    private static Stream<TokenCase> doubled() {
        return Stream.of(
                        ",\"aud\":\"other\"}",
                        ",\"sub\":\"b\"}",
                        ",\"\\u0061ud\":\"api1\"}",
                        ",\"x\":{\"a\":1,\"a\":2}}")
                .map(
                        tail ->
                                payload(
                                        "40 twice " + tail,
                                        f ->
                                                f.good().claims().toString().replaceFirst("}$", "")
                                                        + tail));
    }

    private static Stream<TokenCase> payloads() {
        return Stream.of(
                        "[]",
                        "[{}]",
                        "\"text\"",
                        "7",
                        "null",
                        "true",
                        " ",
                        "{",
                        "{}{}",
                        "{} x",
                        "{\"exp\":NaN}",
                        "{\"exp\":Infinity}",
                        "{\"exp\":01}",
                        "{'exp':1}",
                        "{exp:1}",
                        "{\"a\":1,}",
                        "/**/{}")
                .map(text -> payload("41 payload " + text, f -> text));
    }

    private static Stream<TokenCase> texts() {
        return Stream.of(
                TokenCase.of(
                        "41 empty payload",
                        TOKEN_MALFORMED,
                        f -> good(f).replaceFirst("\\.[^.]+\\.", "..")),
                TokenCase.of(
                        "41 payload in UTF-16",
                        TOKEN_MALFORMED,
                        f ->
                                octets(
                                        f,
                                        f.good()
                                                .claims()
                                                .toString()
                                                .getBytes(StandardCharsets.UTF_16BE))),
                TokenCase.of(
                        "41 byte order mark",
                        TOKEN_MALFORMED,
                        f ->
                                octets(
                                        f,
                                        ("\ufeff" + f.good().claims())
                                                .getBytes(StandardCharsets.UTF_8))),
                TokenCase.of(
                        "41 broken UTF-8",
                        TOKEN_MALFORMED,
                        f ->
                                octets(
                                        f,
                                        new byte[] {
                                            '{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'
                                        })),
                TokenCase.of(
                        "35 header not an object",
                        TOKEN_MALFORMED,
                        f -> f.good().signHeader("[\"RS256\"]", TestKeys.RSA)));
    }

    private static Stream<TokenCase> strangers() {
        return Stream.of(
                        "0.AXoAopaque-refresh-token",
                        "PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm4iPjwvc2FtbHA6UmVzcG9uc2U-",
                        "aG9yc2UtYmF0dGVyeS1zdGFwbGU",
                        "sv=2022-11-02&ss=b&srt=o&sp=r&sig=abc",
                        "HvZcFZ9RQ3qzOLm2b6LKxg|h5vC8F6TM1jeLkHHAKRPtV8hxBxb1Q8r|a1",
                        "dapi0123456789abcdef0123456789abcdef")
                .map(token -> TokenCase.of("61 " + token, TOKEN_MALFORMED, f -> token));
    }

    private static TokenCase payload(
            String row, java.util.function.Function<AuthnFixture, String> text) {
        return TokenCase.of(
                row, TOKEN_MALFORMED, f -> f.good().signPayload(text.apply(f), TestKeys.RSA));
    }

    private static String octets(AuthnFixture f, byte[] payload) {
        String[] good = good(f).split("\\.");
        return good[0] + "." + TestKeys.base64url(payload) + "." + good[2];
    }

    private static String good(AuthnFixture f) {
        return f.good().sign(TestKeys.RSA);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        row.check(fixture);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload objects", "payload arrays", "header objects", "header arrays"})
    void refusesTenThousandLevelsAndLives(String where) {
        AuthenticationLimits wide =
                new AuthenticationLimits(
                        1 << 20, 100, 100, Duration.ZERO, 2, Duration.ofMinutes(1));
        fixture.reset(wide);
        boolean objects = where.endsWith("objects");
        String deep =
                (objects ? "{\"a\":" : "[").repeat(10_000)
                        + 1
                        + (objects ? "}" : "]").repeat(10_000);
        String text = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"x\":" + deep + "}";

        String token =
                where.startsWith("payload")
                        ? fixture.good().signPayload(text, TestKeys.RSA)
                        : fixture.good().signHeader(text, TestKeys.RSA);

        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_MALFORMED);
        assertThat(fixture.accept(good(fixture))).isNotNull();
    }

    @Test
    void takesTokensUpToTheLimitAndNoLonger() {
        String atLimit = ofLength(fixture, 16 * 1024);
        String above = ofLength(fixture, 16 * 1024 + 4);

        assertThat(fixture.accept(ofLength(fixture, 8 * 1024))).isNotNull();
        assertThat(fixture.accept(atLimit)).isNotNull();
        assertThat(fixture.codeOf(above)).isEqualTo(TOKEN_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {64 * 1024, 1024 * 1024})
    void refusesHugeTokens(int length) {
        assertThat(fixture.codeOf("A".repeat(length))).isEqualTo(TOKEN_MALFORMED);
    }

    /** Makes a good token of exactly this length: some lengths need a longer header. */
    static String ofLength(AuthnFixture f, int length) {
        return Stream.of("", "h", "hh")
                .map(hint -> f.good().header("hint", hint))
                .flatMap(draft -> padded(draft, length))
                .filter(token -> token.length() == length)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> padded(Draft draft, int length) {
        int missing = length - draft.claim("pad", "").sign(TestKeys.RSA).length();
        return IntStream.rangeClosed(missing * 3 / 4 - 2, missing * 3 / 4 + 2)
                .mapToObj(pad -> draft.claim("pad", "p".repeat(pad)).sign(TestKeys.RSA));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Bearer  %s;token_malformed",
                "Bearer\t%s;token_malformed",
                "Bearer %s ;token_malformed",
                "Bearer %s, Basic eDp5;token_malformed",
                "Bearer %s,%s;token_malformed",
                "Bearer %s %s;token_malformed",
                "Bearer;token_malformed",
                "Bearer ;token_malformed",
                "Bearer=%s;token_malformed",
                "Bearer token=\"%s\";token_malformed",
                "Basic eDp5;token_missing",
                "DPoP %s;token_missing",
                "BearerX %s;token_missing",
                "Basic eDp5, Bearer %s;token_missing",
                "%s;token_missing",
                " Bearer %s;token_missing",
            })
    void refusesEveryOtherFormOfTheField(String form, String code) {
        Optional<String> field = Optional.of(form.replace("%s", good(fixture)));

        assertThat(refusal(field).text()).isEqualTo(code);
        assertThat(fixture.fetches()).isZero();
    }

    @Test
    void refusesRequestsWithoutField() {
        assertThat(refusal(Optional.empty())).isEqualTo(TOKEN_MISSING);
        assertThat(refusal(Optional.of(""))).isEqualTo(TOKEN_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "BEARER", "bEaReR"})
    void takesTheSchemeInAnyCase(String scheme) throws RefusedException {
        VerifiedToken token =
                fixture.authenticator()
                        .authenticate(
                                Optional.of(scheme + " " + good(fixture)),
                                Set.of(),
                                new LastToken(),
                                "::1");

        assertThat(token.principal().objectId()).isEqualTo(AuthnFixture.ALICE);
    }

    @Test
    void lengthLimitIsConfigured() {
        String token = good(fixture);
        AuthenticationLimits tight =
                new AuthenticationLimits(
                        token.length() - 1, 10, 10, Duration.ZERO, 1, Duration.ofMinutes(1));
        fixture.use(tight, AuthnFixture.TIMES, fixture.entraIssuer());

        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_MALFORMED);
    }

    private static Code refusal(Optional<String> field) {
        return catchThrowableOfType(
                        RefusedException.class,
                        () ->
                                fixture.authenticator()
                                        .authenticate(field, Set.of(), new LastToken(), "::1"))
                .code();
    }
}
