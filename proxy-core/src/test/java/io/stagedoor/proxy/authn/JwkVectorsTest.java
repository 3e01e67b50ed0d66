package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes of Wycheproof's {@code json_web_key} vectors, made here and run through ours. */
class JwkVectorsTest {

    private static final byte[] SECRET = new byte[32];
    private static final KeyPair ROCA = WeakRsa.roca();
    private static final KeyPair SMALL_FACTOR = WeakRsa.smallFactor();

    private static AuthnFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new AuthnFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static ObjectNode rsa() {
        return TestKeys.jwk("key", TestKeys.RSA);
    }

    private static ObjectNode ec() {
        return TestKeys.jwk("key", TestKeys.P256);
    }

    private static ObjectNode secret(String keyId, byte[] octets) {
        return Draft.json("{\"kty\":\"oct\",\"use\":\"sig\",\"alg\":\"HS256\"}")
                .put("kid", keyId)
                .put("k", TestKeys.base64url(octets));
    }

    private static Draft draft() {
        return JoseVector.draft(fixture).header("kid", "key");
    }

    private static String byRsa() {
        return draft().sign(TestKeys.RSA);
    }

    private static String byEc() {
        return draft().header("alg", "ES256").sign(TestKeys.P256);
    }

    static Stream<JoseVector> vectors() {
        return Stream.of(sets(), symmetric(), wrong(), weak(), secrets()).flatMap(all -> all);
    }

    private static Stream<JoseVector> sets() {
        ObjectNode other = TestKeys.jwk("key", TestKeys.OTHER_RSA);
        ObjectNode another = TestKeys.jwk("another", TestKeys.OTHER_RSA);
        return Stream.of(
                good("acceptsValid", byRsa(), rsa()),
                good("acceptsValid of two", byRsa(), another, rsa()),
                good("acceptsValid beside a secret", byRsa(), secret("other", SECRET), rsa()),
                bad("rejectsModifiedSignature", draft().sign(TestKeys.OTHER_RSA), rsa()),
                bad("DuplicateKid, the first", byRsa(), rsa(), other),
                bad("DuplicateKid, the second", byRsa(), other, rsa()),
                bad("DuplicateKid of two types", byRsa(), rsa(), ec()),
                bad("MixedKeySet", hmac(SECRET), secret("key", SECRET), another),
                bad("MixedKeySet under one kid", hmac(SECRET), secret("key", SECRET), rsa()));
    }

    private static Stream<JoseVector> symmetric() {
        return Stream.of(0, 16, 31, 32, 33, 65)
                .map(
                        length -> {
                            byte[] octets = new byte[length];
                            return bad(
                                    "hs256 with a secret of " + length + " octets",
                                    hmac(octets),
                                    secret("key", octets));
                        });
    }

    /** No octets are no key for the JDK; the code is then that of any other signature. */
    private static String hmac(byte[] secret) {
        Draft draft = draft().header("alg", "HS256");
        String input =
                Draft.encode(draft.header().toString())
                        + "."
                        + Draft.encode(draft.claims().toString());
        byte[] usable = secret.length == 0 ? new byte[1] : secret;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(usable, "HmacSHA256"));
            byte[] code = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + TestKeys.base64url(code);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static Stream<JoseVector> wrong() {
        ObjectNode operations = rsa();
        operations.putArray("key_ops").add("encrypt");
        ObjectNode verifying = rsa();
        verifying.putArray("key_ops").add("verify");
        String spoiltY = TestKeys.base64url(TestKeys.unsigned(BigInteger.TEN, 32));
        return Stream.of(
                good("rightKeyOps", byRsa(), verifying),
                bad("rejectsWrongUse", byRsa(), rsa().put("use", "enc")),
                bad("rejectsWrongUse ec", byEc(), ec().put("use", "enc")),
                bad("rejectsWrongAlgorithm RSA1_5", byRsa(), rsa().put("alg", "RSA1_5")),
                bad("rejectsWrongKeyOps", byRsa(), operations),
                bad("wrong_algorithm ES521", byEc(), ec().put("alg", "ES521")),
                bad("invalid_algorithm ES224", byEc(), ec().put("alg", "ES224")),
                bad("mismatchedAlgAndCurve ES384", byEc(), ec().put("alg", "ES384")),
                bad("invalid_point", byEc(), ec().put("y", spoiltY)),
                bad("wrong_curve", byEc(), ec().put("crv", "P-384")),
                bad("wrong_kty RSA", byEc(), ec().put("kty", "RSA")),
                bad("wrong_kty OKP", byEc(), ec().put("kty", "OKP")),
                bad("missing_kty", byEc(), (ObjectNode) ec().without("kty")),
                bad("missing_crv", byEc(), (ObjectNode) ec().without("crv")));
    }

    private static Stream<JoseVector> weak() {
        return Stream.of(
                bad("rejectsKeyWithRocaVulnerability", draft().sign(ROCA), key(ROCA)),
                bad("rejectsSmallFactor", draft().sign(SMALL_FACTOR), key(SMALL_FACTOR)),
                bad(
                        "rejects1024bitRsaKey",
                        draft().sign(TestKeys.SHORT_RSA),
                        key(TestKeys.SHORT_RSA)),
                bad("rejectsPublicExponent1", unsigned(), rsa().put("e", "AQ")));
    }

    private static ObjectNode key(KeyPair pair) {
        return TestKeys.jwk("key", pair);
    }

    /** With the exponent 1 a signature is the padded digest itself. */
    private static String unsigned() {
        String token = byRsa();
        String input = token.substring(0, token.lastIndexOf('.'));
        byte[] tail = RawRsa.join(RawRsa.hex(RawRsa.SHA256), RawRsa.digest("SHA-256", input));
        return input + "." + TestKeys.base64url(RawRsa.padded(tail));
    }

    private static Stream<JoseVector> secrets() {
        BigInteger rsaSecret = ((RSAPrivateKey) TestKeys.RSA.getPrivate()).getPrivateExponent();
        BigInteger ecSecret = ((ECPrivateKey) TestKeys.P256.getPrivate()).getS();
        return Stream.of(
                bad("published private RSA key", byRsa(), rsa().put("d", number(rsaSecret))),
                bad("published private EC key", byEc(), ec().put("d", number(ecSecret))));
    }

    private static String number(BigInteger number) {
        return TestKeys.base64url(TestKeys.unsigned(number, 32));
    }

    private static JoseVector good(String name, String token, ObjectNode... keys) {
        return JoseVector.good(name, TestKeys.keySet(keys), token);
    }

    private static JoseVector bad(String name, String token, ObjectNode... keys) {
        return JoseVector.bad(name, TestKeys.keySet(keys), token);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void takesTheGoodAndRefusesTheBad(JoseVector vector) {
        assertThat(vector.isTakenBy(fixture)).isEqualTo(vector.good());
    }

    /** Why keys are judged before the library sees them. */
    @Test
    void nimbusAloneVerifiesWithKeysThatNobodyShouldUse() {
        List<String> accepted =
                vectors()
                        .filter(vector -> !vector.good())
                        .filter(JoseVector::isVerifiedByNimbusAlone)
                        .map(JoseVector::name)
                        .toList();

        assertThat(accepted)
                .containsExactlyInAnyOrder(
                        "DuplicateKid, the first",
                        "DuplicateKid, the second",
                        "DuplicateKid of two types",
                        "MixedKeySet",
                        "MixedKeySet under one kid",
                        "hs256 with a secret of 32 octets",
                        "hs256 with a secret of 33 octets",
                        "hs256 with a secret of 65 octets",
                        "rejectsWrongKeyOps",
                        "rejectsKeyWithRocaVulnerability",
                        "rejectsSmallFactor",
                        "rejects1024bitRsaKey",
                        "published private RSA key",
                        "published private EC key");
    }
}
