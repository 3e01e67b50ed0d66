package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_BAD_SIGNATURE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Section "Signature and algorithm" of the table of bad tokens. */
class SignatureCasesTest {

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
        return Stream.of(unsigned(), confused(), forged(), keys(), algorithms())
                .flatMap(rows -> rows);
    }

    private static Stream<TokenCase> unsigned() {
        return Stream.of(
                TokenCase.of(
                        "1 alg none, empty signature", TOKEN_MALFORMED, f -> none(f, "none", "")),
                TokenCase.of("2 alg none", TOKEN_UNACCEPTABLE, f -> none(f, "none", "AAAA")),
                TokenCase.of("2 alg None", TOKEN_UNACCEPTABLE, f -> none(f, "None", "AAAA")),
                TokenCase.of("2 alg NONE", TOKEN_UNACCEPTABLE, f -> none(f, "NONE", "AAAA")),
                TokenCase.of("2 alg nOnE", TOKEN_UNACCEPTABLE, f -> none(f, "nOnE", "AAAA")),
                TokenCase.of("4 empty signature", TOKEN_MALFORMED, f -> head(f) + "."),
                TokenCase.of("5 no last dot", TOKEN_MALFORMED, SignatureCasesTest::head));
    }

    private static Stream<TokenCase> confused() {
        return Stream.of(
                TokenCase.of("8 HS256, PEM", TOKEN_UNACCEPTABLE, f -> hmac(f, pem())),
                TokenCase.of("8 HS256, DER", TOKEN_UNACCEPTABLE, f -> hmac(f, der())),
                TokenCase.of("8 HS256, JWK", TOKEN_UNACCEPTABLE, f -> hmac(f, jwk())),
                TokenCase.of("8 HS256, modulus", TOKEN_UNACCEPTABLE, f -> hmac(f, modulus())));
    }

    private static Stream<TokenCase> forged() {
        return Stream.of(
                TokenCase.of("6 one bit flipped", TOKEN_BAD_SIGNATURE, SignatureCasesTest::flipped),
                TokenCase.of("7 payload changed", TOKEN_BAD_SIGNATURE, SignatureCasesTest::swapped),
                TokenCase.of("10 r = s = 0", TOKEN_BAD_SIGNATURE, f -> ec(f, 0, 0)),
                TokenCase.of("10 r = 0, s = 1", TOKEN_BAD_SIGNATURE, f -> ec(f, 0, 1)),
                TokenCase.of("10 r = 1, s = 0", TOKEN_BAD_SIGNATURE, f -> ec(f, 1, 0)),
                TokenCase.of("10 short signature", TOKEN_BAD_SIGNATURE, f -> headEc(f) + ".AAAA"),
                TokenCase.of(
                        "18 foreign RSA key, kid of a real one",
                        TOKEN_BAD_SIGNATURE,
                        f -> f.good().sign(TestKeys.OTHER_RSA)),
                TokenCase.of(
                        "18 foreign P-256 key, kid of a real one",
                        TOKEN_BAD_SIGNATURE,
                        f ->
                                f.good()
                                        .header("alg", "ES256")
                                        .header("kid", "ec")
                                        .sign(TestKeys.OTHER_P256)));
    }

    private static Stream<TokenCase> keys() {
        return Stream.of(
                TokenCase.of(
                        "12 RS256 over a key for PS256",
                        TOKEN_UNKNOWN_KEY,
                        f -> f.good().header("kid", "ps").sign(TestKeys.OTHER_RSA)),
                TokenCase.of(
                        "12 PS256 over a key for RS256",
                        TOKEN_UNKNOWN_KEY,
                        f -> f.good().header("alg", "PS256").sign(TestKeys.RSA)),
                TokenCase.fetching("13 use enc", TOKEN_UNKNOWN_KEY, f -> kid(f, "enc")),
                TokenCase.fetching("13 key_ops encrypt", TOKEN_UNKNOWN_KEY, f -> kid(f, "ops")),
                TokenCase.fetching(
                        "14 RSA of 1024 bits",
                        TOKEN_UNKNOWN_KEY,
                        f -> f.good().header("kid", "short").sign(TestKeys.SHORT_RSA)));
    }

    private static Stream<TokenCase> algorithms() {
        return Stream.of(
                TokenCase.of("16 ES384 over P-256", TOKEN_UNACCEPTABLE, f -> alg(f, "ES384")),
                TokenCase.of("16 ES256K", TOKEN_UNACCEPTABLE, f -> alg(f, "ES256K")),
                TokenCase.of("16 EdDSA", TOKEN_UNACCEPTABLE, f -> alg(f, "EdDSA")),
                TokenCase.of("16 RS512", TOKEN_UNACCEPTABLE, f -> alg(f, "RS512")),
                TokenCase.of("16 rs256", TOKEN_UNACCEPTABLE, f -> alg(f, "rs256")),
                TokenCase.fetching(
                        "16 ES256 over P-384",
                        TOKEN_UNKNOWN_KEY,
                        f ->
                                f.good()
                                        .header("alg", "ES256")
                                        .header("kid", "p384")
                                        .signAs("ES384", TestKeys.P384)),
                TokenCase.of(
                        "16 ES256 over an RSA key",
                        TOKEN_UNKNOWN_KEY,
                        f -> f.good().header("alg", "ES256").sign(TestKeys.P256)),
                TokenCase.of(
                        "19 alg missing",
                        TOKEN_MALFORMED,
                        f -> f.good().withoutHeader("alg").signAs("RS256", TestKeys.RSA)),
                TokenCase.of("19 alg a number", TOKEN_MALFORMED, f -> alg(f, 256)),
                TokenCase.of("19 alg a list", TOKEN_MALFORMED, f -> alg(f, new String[] {"RS256"})),
                TokenCase.of("19 alg null", TOKEN_MALFORMED, f -> algText(f, "null")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        row.check(fixture);
    }

    @ParameterizedTest
    @CsvSource({"RS256, rsa", "PS256, ps", "ES256, ec"})
    void takesEveryConfiguredAlgorithm(String algorithm, String keyId) {
        Draft draft = fixture.good().header("alg", algorithm).header("kid", keyId);
        var key =
                switch (algorithm) {
                    case "RS256" -> TestKeys.RSA;
                    case "PS256" -> TestKeys.OTHER_RSA;
                    default -> TestKeys.P256;
                };

        VerifiedToken token = fixture.accept(draft.sign(key));

        assertThat(token.principal().objectId()).isEqualTo(AuthnFixture.ALICE);
        assertThat(fixture.fetches()).isZero();
    }

    private static String head(AuthnFixture f) {
        String good = f.good().sign(TestKeys.RSA);
        return good.substring(0, good.lastIndexOf('.'));
    }

    private static String headEc(AuthnFixture f) {
        String good = f.good().header("alg", "ES256").header("kid", "ec").sign(TestKeys.P256);
        return good.substring(0, good.lastIndexOf('.'));
    }

    private static String none(AuthnFixture f, String name, String signature) {
        Draft draft = f.good().header("alg", name);
        return Draft.encode(draft.header().toString())
                + "."
                + Draft.encode(draft.claims().toString())
                + "."
                + signature;
    }

    private static String flipped(AuthnFixture f) {
        String good = f.good().sign(TestKeys.RSA);
        int dot = good.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(good.substring(dot + 1));
        signature[100] ^= 1;
        return good.substring(0, dot + 1) + TestKeys.base64url(signature);
    }

    private static String swapped(AuthnFixture f) {
        String[] good = f.good().sign(TestKeys.RSA).split("\\.");
        return good[0]
                + "."
                + Draft.encode(f.good().claim("oid", AuthnFixture.CLIENT).claims().toString())
                + "."
                + good[2];
    }

    private static String ec(AuthnFixture f, int r, int s) {
        byte[] signature = new byte[64];
        signature[31] = (byte) r;
        signature[63] = (byte) s;
        return headEc(f) + "." + TestKeys.base64url(signature);
    }

    private static String kid(AuthnFixture f, String keyId) {
        return f.good().header("kid", keyId).sign(TestKeys.RSA);
    }

    private static String alg(AuthnFixture f, Object name) {
        return f.good().header("alg", name).signAs("RS256", TestKeys.RSA);
    }

    private static String algText(AuthnFixture f, String json) {
        return f.good().signHeader("{\"kid\":\"rsa\",\"alg\":" + json + "}", TestKeys.RSA);
    }

    private static String hmac(AuthnFixture f, byte[] secret) {
        Draft draft = f.good().header("alg", "HS256");
        String input =
                Draft.encode(draft.header().toString())
                        + "."
                        + Draft.encode(draft.claims().toString());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + TestKeys.base64url(signature);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static byte[] pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der());
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der() {
        return TestKeys.RSA.getPublic().getEncoded();
    }

    private static byte[] jwk() {
        return TestKeys.jwk("rsa", TestKeys.RSA).toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] modulus() {
        RSAPublicKey key = (RSAPublicKey) TestKeys.RSA.getPublic();
        byte[] octets = TestKeys.unsigned(key.getModulus(), 1);
        return Arrays.copyOf(octets, octets.length);
    }
}
