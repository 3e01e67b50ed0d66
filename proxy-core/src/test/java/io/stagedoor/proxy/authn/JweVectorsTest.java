package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.AESEncrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import io.stagedoor.proxy.refusal.Code;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The classes of Wycheproof's {@code json_web_encryption} vectors, made here and run through ours:
 * nothing is ever decrypted, so there is no good one among them, and none costs a fetch.
 */
class JweVectorsTest {

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

    static Stream<Arguments> vectors() throws JOSEException {
        return Stream.of(algorithms(), modified(), pretending()).flatMap(all -> all);
    }

    private static Stream<Arguments> algorithms() throws JOSEException {
        RSAPublicKey rsa = (RSAPublicKey) TestKeys.RSA.getPublic();
        ECPublicKey ec = (ECPublicKey) TestKeys.P256.getPublic();
        return Stream.of(
                valid(JWEAlgorithm.RSA_OAEP_256, new RSAEncrypter(rsa)),
                valid(JWEAlgorithm.ECDH_ES, new ECDHEncrypter(ec)),
                valid(JWEAlgorithm.ECDH_ES_A128KW, new ECDHEncrypter(ec)),
                valid(JWEAlgorithm.A256KW, new AESEncrypter(new byte[32])),
                valid(JWEAlgorithm.A256GCMKW, new AESEncrypter(new byte[32])),
                valid(JWEAlgorithm.DIR, new DirectEncrypter(new byte[16])),
                valid(
                        JWEAlgorithm.PBES2_HS256_A128KW,
                        new PasswordBasedEncrypter("password", 8, 1000)),
                Arguments.of("CompressedPlaintext", compressed(rsa)));
    }

    private static Arguments valid(JWEAlgorithm algorithm, JWEEncrypter encrypter)
            throws JOSEException {
        return Arguments.of(
                "acceptsValid elsewhere: " + algorithm,
                encrypted(new JWEHeader.Builder(algorithm, EncryptionMethod.A128GCM), encrypter));
    }

    private static String compressed(RSAPublicKey key) throws JOSEException {
        JWEHeader.Builder header =
                new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
                        .compressionAlgorithm(CompressionAlgorithm.DEF);
        return encrypted(header, new RSAEncrypter(key));
    }

    private static String encrypted(JWEHeader.Builder header, JWEEncrypter encrypter)
            throws JOSEException {
        String token = fixture.good().sign(TestKeys.RSA);
        JWEObject object =
                new JWEObject(header.contentType("JWT").keyID("rsa").build(), new Payload(token));
        object.encrypt(encrypter);
        return object.serialize();
    }

    private static Stream<Arguments> modified() throws JOSEException {
        String good = compressed((RSAPublicKey) TestKeys.RSA.getPublic());
        String[] parts = good.split("\\.");
        Stream<Arguments> empty =
                IntStream.range(0, 5)
                        .mapToObj(
                                at -> {
                                    String[] changed = parts.clone();
                                    changed[at] = "";
                                    return Arguments.of("part " + at + " is empty", join(changed));
                                });
        Stream<Arguments> missing =
                IntStream.range(0, 5)
                        .mapToObj(
                                at ->
                                        Arguments.of(
                                                "part " + at + " is missing",
                                                join(
                                                        IntStream.range(0, 5)
                                                                .filter(part -> part != at)
                                                                .mapToObj(part -> parts[part])
                                                                .toArray(String[]::new))));
        return Stream.of(
                        empty,
                        missing,
                        Stream.of(
                                Arguments.of("three parts", join(parts[0], parts[1], parts[2])),
                                Arguments.of(
                                        "header, ciphertext and tag",
                                        join(parts[0], parts[3], parts[4])),
                                Arguments.of("an extra part", good + ".AAAA"),
                                Arguments.of(
                                        "JsonSerialization",
                                        "{\"protected\":\"" + parts[0] + "\"}")))
                .flatMap(all -> all);
    }

    private static String join(String... parts) {
        return String.join(".", parts);
    }

    /** Signed tokens with the header fields of encrypted ones. */
    private static Stream<Arguments> pretending() {
        Draft good = fixture.good();
        return Stream.of("enc", "zip", "epk", "apu", "apv", "p2s", "p2c", "iv", "tag")
                .map(
                        field ->
                                Arguments.of(
                                        "a signed token with " + field,
                                        good.header(field, "A128GCM").sign(TestKeys.RSA)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void refusesEveryOne(String name, String token) {
        Code code = fixture.codeOf(token);

        assertThat(code).as(name).isIn(Code.TOKEN_MALFORMED, Code.TOKEN_UNACCEPTABLE);
        assertThat(fixture.fetches()).isZero();
    }
}
