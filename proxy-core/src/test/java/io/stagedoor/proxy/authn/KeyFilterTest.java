package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.authn.keys.KeyFault.ALGORITHM;
import static io.stagedoor.proxy.authn.keys.KeyFault.CERTIFICATE;
import static io.stagedoor.proxy.authn.keys.KeyFault.FORM;
import static io.stagedoor.proxy.authn.keys.KeyFault.ISSUER;
import static io.stagedoor.proxy.authn.keys.KeyFault.KEY_ID;
import static io.stagedoor.proxy.authn.keys.KeyFault.PRIVATE;
import static io.stagedoor.proxy.authn.keys.KeyFault.SIZE;
import static io.stagedoor.proxy.authn.keys.KeyFault.TYPE;
import static io.stagedoor.proxy.authn.keys.KeyFault.USE;
import static io.stagedoor.proxy.authn.keys.KeyFault.WEAK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.stagedoor.proxy.authn.keys.KeyFault;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which published keys are fit to verify tokens with. */
class KeyFilterTest {

    private static final X509Bundle CERTIFIED_RSA = certified(CertificateBuilder::rsa2048);
    private static final X509Bundle CERTIFIED_EC = certified(CertificateBuilder::ecp256);

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
        return Stream.of(uses(), algorithms(), keyIds(), secrets(), sizes(), points(), chains())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> uses() {
        return Stream.of(
                Arguments.of("use enc", USE, rsa().put("use", "enc")),
                Arguments.of("use a number", USE, rsa().put("use", 1)),
                Arguments.of("key_ops sign", USE, with(rsa(), "key_ops", List.of("sign"))),
                Arguments.of("key_ops empty", USE, with(rsa(), "key_ops", List.of())),
                Arguments.of("key_ops a text", USE, rsa().put("key_ops", "verify")),
                Arguments.of(
                        "use sig, key_ops encrypt",
                        USE,
                        with(rsa().put("use", "sig"), "key_ops", List.of("encrypt"))),
                Arguments.of("another's", ISSUER, rsa().put("issuer", "https://other.example")),
                Arguments.of("issuer a number", ISSUER, rsa().put("issuer", 1)));
    }

    private static Stream<Arguments> algorithms() {
        return Stream.of(
                Arguments.of("alg of the other type", ALGORITHM, rsa().put("alg", "ES256")),
                Arguments.of("alg of an encryption", ALGORITHM, rsa().put("alg", "RSA-OAEP")),
                Arguments.of("alg of another size", ALGORITHM, rsa().put("alg", "RS512")),
                Arguments.of("alg of another curve", ALGORITHM, ec().put("alg", "ES384")),
                Arguments.of("alg unheard of", ALGORITHM, ec().put("alg", "ES224")),
                Arguments.of("alg a number", ALGORITHM, rsa().put("alg", 1)),
                Arguments.of("kty missing", TYPE, rsa().without("kty")),
                Arguments.of("kty of another case", TYPE, rsa().put("kty", "rsa")),
                Arguments.of("kty OKP", TYPE, rsa().put("kty", "OKP")),
                Arguments.of("kty oct without a secret", TYPE, rsa().put("kty", "oct")),
                Arguments.of("kty EC of an RSA key", TYPE, rsa().put("kty", "EC")),
                Arguments.of("kty RSA of an EC key", FORM, ec().put("kty", "RSA")));
    }

    private static Stream<Arguments> keyIds() {
        return Stream.of(
                Arguments.of("kid empty", KEY_ID, rsa().put("kid", "")),
                Arguments.of("kid a number", KEY_ID, rsa().put("kid", 1)),
                Arguments.of("kid too long", KEY_ID, rsa().put("kid", "k".repeat(257))));
    }

    private static Stream<Arguments> secrets() {
        return Stream.of(
                Arguments.of("a private part", PRIVATE, rsa().put("d", "AQAB")),
                Arguments.of("a private EC part", PRIVATE, ec().put("d", "AQAB")),
                Arguments.of("a factor", PRIVATE, rsa().put("p", "AQAB")),
                Arguments.of("more factors", PRIVATE, with(rsa(), "oth", List.of())),
                Arguments.of("a symmetric key", PRIVATE, rsa().put("kty", "oct").put("k", "AQAB")));
    }

    private static Stream<Arguments> sizes() {
        String even = number(BigInteger.ONE.shiftLeft(2047));
        String huge = number(BigInteger.ONE.shiftLeft(8192).setBit(0));
        return Stream.of(
                Arguments.of("RSA of 1024 bits", SIZE, TestKeys.jwk("key", TestKeys.SHORT_RSA)),
                Arguments.of("RSA of 8193 bits", SIZE, rsa().put("n", huge)),
                Arguments.of("RSA of an empty modulus", FORM, rsa().put("n", "")),
                Arguments.of("padding", FORM, rsa().put("n", rsa().path("n").asText() + "==")),
                Arguments.of("RSA without exponent", FORM, rsa().without("e")),
                Arguments.of("RSA exponent 1", WEAK, rsa().put("e", "AQ")),
                Arguments.of("RSA exponent even", WEAK, rsa().put("e", "BA")),
                Arguments.of("RSA exponent of 2048 bits", WEAK, rsa().put("e", even)),
                Arguments.of("RSA modulus even", WEAK, rsa().put("n", even)),
                Arguments.of("ROCA", WEAK, TestKeys.jwk("key", WeakRsa.roca())),
                Arguments.of("small factor", WEAK, TestKeys.jwk("key", WeakRsa.smallFactor())));
    }

    private static Stream<Arguments> points() {
        String offCurve = number(BigInteger.ONE.shiftLeft(255));
        return Stream.of(
                Arguments.of("EC off the curve", FORM, ec().put("y", offCurve)),
                Arguments.of("EC without y", FORM, ec().without("y")),
                Arguments.of("EC at infinity", FORM, ec().put("x", "AA").put("y", "AA")),
                Arguments.of("EC P-384", TYPE, TestKeys.jwk("key", TestKeys.P384)),
                Arguments.of("EC P-256 said to be P-384", TYPE, ec().put("crv", "P-384")),
                Arguments.of("EC P-256K", TYPE, ec().put("crv", "secp256k1")));
    }

    private static Stream<Arguments> chains() {
        return Stream.of(
                Arguments.of("x5c of nonsense", CERTIFICATE, with(rsa(), "x5c", List.of("!"))),
                Arguments.of("x5c empty", CERTIFICATE, with(rsa(), "x5c", List.of())),
                Arguments.of("x5c a number", CERTIFICATE, with(rsa(), "x5c", 1)),
                Arguments.of("x5c of another RSA key", CERTIFICATE, with(rsa(), "x5c", rsaChain())),
                Arguments.of("x5c of an EC key", CERTIFICATE, with(rsa(), "x5c", ecChain())),
                Arguments.of("x5c of another EC key", CERTIFICATE, with(ec(), "x5c", ecChain())),
                Arguments.of("x5c of an RSA key", CERTIFICATE, with(ec(), "x5c", rsaChain())));
    }

    private static List<String> rsaChain() {
        return chain(CERTIFIED_RSA);
    }

    private static List<String> ecChain() {
        return chain(CERTIFIED_EC);
    }

    private static List<String> chain(X509Bundle bundle) {
        try {
            byte[] der = bundle.getCertificate().getEncoded();
            return List.of(Base64.getEncoder().encodeToString(der));
        } catch (CertificateEncodingException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    private static X509Bundle certified(UnaryOperator<CertificateBuilder> kind) {
        try {
            return kind.apply(
                            new CertificateBuilder()
                                    .subject("CN=key")
                                    .setIsCertificateAuthority(true))
                    .buildSelfSigned();
        } catch (Exception unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void leavesOutKeysThatAreNotFit(String what, KeyFault fault, ObjectNode key) {
        fixture.publish(key);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());

        KeySetStatus status = fixture.authenticator().keySets().getFirst();

        assertThat(status.keys()).as(what).isZero();
        assertThat(status.ignored()).isEqualTo(Map.of(fault, 1));
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
                Arguments.of("exponent 3", rsa().put("e", "Aw")),
                Arguments.of("its own issuer", rsa().put("issuer", fixture.entra())),
                Arguments.of("x5c of it", certifiedKey(CERTIFIED_RSA)),
                Arguments.of("x5c of it, EC", certifiedKey(CERTIFIED_EC)),
                Arguments.of("x5t of nonsense", rsa().put("x5t", "?")),
                Arguments.of("unknown members", rsa().put("cloud_instance_name", "x")));
    }

    private static ObjectNode certifiedKey(X509Bundle bundle) {
        return with(TestKeys.jwk("key", bundle.getKeyPair()), "x5c", chain(bundle));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fit")
    void takesKeysThatAreFit(String what, ObjectNode key) {
        fixture.publish(key);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());

        KeySetStatus status = fixture.authenticator().keySets().getFirst();

        assertThat(status.ignored()).as(what).isEmpty();
        assertThat(status.keys()).isEqualTo(1);
        assertThat(status.usable()).isTrue();
    }

    @Test
    void noKeyOfTwoRandomPrimesLooksLikeTheFactoredOnes() {
        for (KeyPair pair : List.of(TestKeys.RSA, TestKeys.OTHER_RSA)) {
            fixture.publish(TestKeys.jwk("key", pair));
            fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());

            assertThat(fixture.authenticator().keySets().getFirst().ignored()).isEmpty();
        }
    }

    private static ObjectNode with(ObjectNode key, String name, Object value) {
        key.set(name, Draft.node(value));
        return key;
    }

    private static String number(BigInteger number) {
        return TestKeys.base64url(TestKeys.unsigned(number, 1));
    }
}
