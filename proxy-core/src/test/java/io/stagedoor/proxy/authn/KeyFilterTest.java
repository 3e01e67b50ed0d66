package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which published keys are fit to verify tokens with. */
class KeyFilterTest {

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

    static Stream<Arguments> unfit() {
        String even = number(BigInteger.ONE.shiftLeft(2047));
        String huge = number(BigInteger.ONE.shiftLeft(8192).setBit(0));
        String offCurve = number(BigInteger.ONE.shiftLeft(255));
        return Stream.of(
                Arguments.of("use enc", rsa().put("use", "enc")),
                Arguments.of("use a number", rsa().put("use", 1)),
                Arguments.of("key_ops without verify", with(rsa(), "key_ops", List.of("sign"))),
                Arguments.of("key_ops empty", with(rsa(), "key_ops", List.of())),
                Arguments.of("key_ops a text", rsa().put("key_ops", "verify")),
                Arguments.of("alg of the other type", rsa().put("alg", "ES256")),
                Arguments.of("alg of an encryption", rsa().put("alg", "RSA-OAEP")),
                Arguments.of("alg of another size", rsa().put("alg", "RS512")),
                Arguments.of("alg a number", rsa().put("alg", 1)),
                Arguments.of("kid empty", rsa().put("kid", "")),
                Arguments.of("kid a number", rsa().put("kid", 1)),
                Arguments.of("kid too long", rsa().put("kid", "k".repeat(257))),
                Arguments.of("a private part", rsa().put("d", "AQAB")),
                Arguments.of("a symmetric key", with(rsa(), "kty", "oct").put("k", "AQAB")),
                Arguments.of("kty missing", rsa().without("kty")),
                Arguments.of("kty of another case", rsa().put("kty", "rsa")),
                Arguments.of("kty OKP", rsa().put("kty", "OKP")),
                Arguments.of("RSA of 1024 bits", TestKeys.jwk("key", TestKeys.SHORT_RSA)),
                Arguments.of("RSA of 8193 bits", rsa().put("n", huge)),
                Arguments.of("RSA of an empty modulus", rsa().put("n", "")),
                Arguments.of("RSA with padding", rsa().put("n", rsa().path("n").asText() + "==")),
                Arguments.of("RSA without exponent", rsa().without("e")),
                Arguments.of("RSA exponent 1", rsa().put("e", "AQ")),
                Arguments.of("RSA exponent even", rsa().put("e", "BA")),
                Arguments.of("RSA exponent of 2048 bits", rsa().put("e", even)),
                Arguments.of("EC off the curve", ec().put("y", offCurve)),
                Arguments.of("EC without y", ec().without("y")),
                Arguments.of("EC at infinity", ec().put("x", "AA").put("y", "AA")),
                Arguments.of("EC P-384", TestKeys.jwk("key", TestKeys.P384)),
                Arguments.of("EC P-256K", ec().put("crv", "secp256k1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void leavesOutKeysThatAreNotFit(String what, ObjectNode key) {
        fixture.publish(key);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());

        KeySetStatus status = fixture.authenticator().keySets().getFirst();

        assertThat(status.keys()).as(what).isZero();
        assertThat(status.ignoredKeys()).isEqualTo(1);
        assertThat(status.lastError()).isEmpty();
    }

    static Stream<Arguments> fit() {
        return Stream.of(
                Arguments.of("plain RSA", rsa()),
                Arguments.of("plain EC", ec()),
                Arguments.of("use sig", rsa().put("use", "sig")),
                Arguments.of("key_ops verify", with(rsa(), "key_ops", List.of("verify", "sign"))),
                Arguments.of("alg RS256", rsa().put("alg", "RS256")),
                Arguments.of("alg PS256", rsa().put("alg", "PS256")),
                Arguments.of("alg ES256", ec().put("alg", "ES256")),
                Arguments.of("no kid", rsa().without("kid")),
                Arguments.of("chain of nonsense", with(rsa(), "x5c", List.of("!")).put("x5t", "?")),
                Arguments.of("unknown members", rsa().put("cloud_instance_name", "x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fit")
    void takesKeysThatAreFit(String what, ObjectNode key) {
        fixture.publish(key);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());

        KeySetStatus status = fixture.authenticator().keySets().getFirst();

        assertThat(status.keys()).as(what).isEqualTo(1);
        assertThat(status.usable()).isTrue();
    }

    private static ObjectNode with(ObjectNode key, String name, Object value) {
        key.set(name, Draft.node(value));
        return key;
    }

    private static String number(BigInteger number) {
        return TestKeys.base64url(TestKeys.unsigned(number, 1));
    }
}
