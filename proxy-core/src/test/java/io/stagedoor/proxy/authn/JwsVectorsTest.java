package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes of Wycheproof's {@code json_web_signature} vectors, made here and run through ours. */
class JwsVectorsTest {

    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final ObjectNode RSA_SET = set(TestKeys.jwk("kid-rsa-sign", TestKeys.RSA));
    private static final ObjectNode EC_SET = set(TestKeys.jwk("kid-ec-sign", TestKeys.P256));
    private static final String FULL_DIGEST = "the whole padding";

    /** What a library makes of it depends on the provider of its signatures. */
    private static final String MISSING_NULL = "ModifiedPadding missingNull";

    private static final List<String> SIGNED = List.of("    ", "####", "?", "=", "\n");
    private static final List<String> UNSIGNED =
            List.of(" ", "    ", "\n", "\t", "?", "####", "=", "!");

    private static AuthnFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new AuthnFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static ObjectNode set(ObjectNode... keys) {
        return TestKeys.keySet(keys);
    }

    private static Draft rsa() {
        return JoseVector.draft(fixture).header("kid", "kid-rsa-sign");
    }

    private static Draft ec() {
        return rsa().header("alg", "ES256").header("kid", "kid-ec-sign");
    }

    private static String goodRsa() {
        return rsa().sign(TestKeys.RSA);
    }

    private static String goodEc() {
        return ec().sign(TestKeys.P256);
    }

    private static String input(String token) {
        return token.substring(0, token.lastIndexOf('.'));
    }

    static Stream<JoseVector> vectors() {
        return Stream.of(
                        valid(),
                        parts("rs256 ", RSA_SET, goodRsa()),
                        parts("es256 ", EC_SET, goodEc()),
                        confusions(),
                        padding(),
                        numbers(),
                        primitives(),
                        uses(),
                        letters("rs256 ", RSA_SET, goodRsa()),
                        letters("es256 ", EC_SET, goodEc()),
                        signedLetters(),
                        points())
                .flatMap(vectors -> vectors);
    }

    private static Stream<JoseVector> valid() {
        return Stream.of(
                JoseVector.good("acceptsValid rs256", RSA_SET, goodRsa()),
                JoseVector.good("acceptsValid es256", EC_SET, goodEc()),
                JoseVector.good(
                        "acceptsValid ps256",
                        RSA_SET,
                        rsa().header("alg", "PS256").sign(TestKeys.RSA)),
                JoseVector.good(
                        "ValidSpacesInJsonHeader",
                        RSA_SET,
                        rsa().signHeader(
                                        "{ \"kid\" : \"kid-rsa-sign\",\n\t\"alg\" : \"RS256\" }",
                                        TestKeys.RSA)),
                JoseVector.good(FULL_DIGEST, RSA_SET, forged(digest -> digest)));
    }

    private static Stream<JoseVector> parts(String which, ObjectNode keys, String good) {
        String[] part = good.split("\\.");
        String none = Draft.encode("{\"alg\":\"none\",\"kid\":\"kid-rsa-sign\"}");
        return Stream.of(
                        "ModifiedSignature " + part[0] + "." + part[1] + "." + spoilt(part[2]),
                        "MissingSignature " + part[0] + "." + part[1] + ".",
                        "MissingSignatureAndSeparator " + part[0] + "." + part[1],
                        "ModifiedPayload " + part[0] + "." + spoilt(part[1]) + "." + part[2],
                        "MissingPayload " + part[0] + ".." + part[2],
                        "MissingPayloadAndSeparator " + part[0] + "." + part[2],
                        "ModifiedHeader " + spoilt(part[0]) + "." + part[1] + "." + part[2],
                        "MissingHeader ." + part[1] + "." + part[2],
                        "MissingHeaderAndSeparator " + part[1] + "." + part[2],
                        "MissingHeaderAndSignature ." + part[1] + ".",
                        "MissingHeaderSignatureAndSeparators " + part[1],
                        "EmptyString ",
                        "ExtraEmptyComponent " + good + ".",
                        "ExtraComponent " + good + ".foo",
                        "NoneAlgorithmAndMissingSignature " + none + "." + part[1] + ".",
                        "NoneAlgorithm " + none + "." + part[1] + "." + part[2],
                        "ValidJsonSerialization " + general(part[0], part[1], part[2]),
                        "FlattenedJsonSerialization " + flattened(part[0], part[1], part[2]))
                .map(
                        vector -> {
                            int name = vector.indexOf(' ');
                            return JoseVector.bad(
                                    which + "rejects" + vector.substring(0, name),
                                    keys,
                                    vector.substring(name + 1));
                        });
    }

    private static String spoilt(String part) {
        int middle = part.length() / 2;
        char other = part.charAt(middle) == 'A' ? 'B' : 'A';
        return part.substring(0, middle) + other + part.substring(middle + 1);
    }

    private static String general(String header, String payload, String signature) {
        ObjectNode one = Draft.json("{}").put("protected", header).put("signature", signature);
        ObjectNode document = Draft.json("{}").put("payload", payload);
        document.putArray("signatures").add(one);
        return document.toString();
    }

    private static String flattened(String header, String payload, String signature) {
        return Draft.json("{}")
                .put("payload", payload)
                .put("protected", header)
                .put("signature", signature)
                .toString();
    }

    private static Stream<JoseVector> confusions() {
        return Stream.of(
                JoseVector.bad(
                        "rejectsSymmetryConfusion of the RSA key",
                        RSA_SET,
                        hmac(rsa(), TestKeys.RSA.getPublic().getEncoded())),
                JoseVector.bad(
                        "rejectsSymmetryConfusion of the EC key",
                        EC_SET,
                        hmac(ec(), TestKeys.P256.getPublic().getEncoded())),
                JoseVector.bad(
                        "rejectsAttackerProvidedEmbeddedJwk",
                        EC_SET,
                        ec().header("jwk", TestKeys.jwk("kid-ec-sign", TestKeys.OTHER_P256))
                                .sign(TestKeys.OTHER_P256)),
                JoseVector.bad(
                        "rejectsEmbeddedJwk of the very key",
                        EC_SET,
                        ec().header("jwk", TestKeys.jwk("kid-ec-sign", TestKeys.P256))
                                .sign(TestKeys.P256)));
    }

    private static String hmac(Draft draft, byte[] secret) {
        Draft symmetric = draft.header("alg", "HS256");
        String input =
                Draft.encode(symmetric.header().toString())
                        + "."
                        + Draft.encode(symmetric.claims().toString());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] code = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + TestKeys.base64url(code);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** Returns a token whose signature is over a changed form of the padded digest. */
    private static String forged(UnaryOperator<byte[]> change) {
        String input = input(goodRsa());
        byte[] padded =
                RawRsa.padded(
                        RawRsa.join(RawRsa.hex(RawRsa.SHA256), RawRsa.digest("SHA-256", input)));
        return RawRsa.sign(input, TestKeys.RSA, change.apply(padded));
    }

    private static String forgedTail(String prefix, String digest, int cut) {
        String input = input(goodRsa());
        byte[] hash = RawRsa.digest(digest, input);
        byte[] tail = RawRsa.join(RawRsa.hex(prefix), Arrays.copyOf(hash, hash.length - cut));
        return RawRsa.sign(input, TestKeys.RSA, RawRsa.padded(tail));
    }

    private static Stream<JoseVector> padding() {
        String oid = "0609608648016503040201";
        return Stream.of(
                        "longLengthOfSequence 308131300d" + oid + "05000420",
                        "longLengthOfOctetString 3032300d" + oid + "0500048120",
                        "includingUndefinedTags 3033300d" + oid + "0500" + "0420",
                        "missingNull 302f300b" + oid + "0420",
                        "garbageInNull 3033300f" + oid + "050212340420",
                        "changingTagValueOfSequence 3131300d" + oid + "05000420",
                        "changingTagOfDigest 3031300d" + oid + "05000320",
                        "indefiniteLength 3080300d" + oid + "05000420",
                        "prependEmptySequence 30333000300d" + oid + "05000420",
                        "oidOfSha1 3031300d" + "06096086480165030402040500" + "0420",
                        "noDigestInfo ")
                .map(
                        row -> {
                            String[] words = row.split(" ", -1);
                            return JoseVector.bad(
                                    "ModifiedPadding " + words[0],
                                    RSA_SET,
                                    forgedTail(words[1], "SHA-256", 0));
                        });
    }

    private static Stream<JoseVector> numbers() {
        BigInteger modulus = ((RSAPublicKey) TestKeys.RSA.getPublic()).getModulus();
        return Stream.of(
                padded("truncatedDigest", forgedTail(RawRsa.SHA256, "SHA-256", 1)),
                padded("sha1", forgedTail("3021300906052b0e03021a05000414", "SHA-1", 0)),
                padded(
                        "sha512",
                        forgedTail("3051300d060960864801650304020305000440", "SHA-512", 0)),
                padded("firstOctet", forged(octets -> with(octets, 0, 1))),
                padded("blockType0", forged(octets -> with(octets, 1, 0))),
                padded("blockType2", forged(octets -> with(octets, 1, 2))),
                padded("paddingOctet", forged(octets -> with(octets, 9, 0xfe))),
                padded("paddingZero", forged(octets -> with(octets, 2, 0))),
                padded("noSeparator", forged(octets -> with(octets, 204, 0xff))),
                padded("digestBit", forged(octets -> with(octets, 255, octets[255] ^ 1))),
                padded("garbageBehind", forged(JwsVectorsTest::garbageBehind)),
                signature("zero", BigInteger.ZERO, 256),
                signature("one", BigInteger.ONE, 256),
                signature("modulusMinusOne", modulus.subtract(BigInteger.ONE), 256),
                signature("modulus", modulus, 256),
                signature("plusModulus", goodNumber().add(modulus), 256),
                signature("leadingZero", goodNumber(), 257));
    }

    private static JoseVector padded(String name, String token) {
        return JoseVector.bad("ModifiedPadding " + name, RSA_SET, token);
    }

    private static JoseVector signature(String name, BigInteger number, int octets) {
        return JoseVector.bad(
                "ModifiedSignature " + name,
                RSA_SET,
                input(goodRsa()) + "." + TestKeys.base64url(TestKeys.unsigned(number, octets)));
    }

    private static BigInteger goodNumber() {
        String good = goodRsa();
        String signature = good.substring(good.lastIndexOf('.') + 1);
        return new BigInteger(1, Base64.getUrlDecoder().decode(signature));
    }

    private static byte[] with(byte[] octets, int at, int value) {
        byte[] changed = octets.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Eight octets of padding, the digest, and what an attacker needs to make it a power. */
    private static byte[] garbageBehind(byte[] octets) {
        byte[] changed = new byte[256];
        System.arraycopy(octets, 0, changed, 0, 10);
        System.arraycopy(octets, 204, changed, 10, 52);
        Arrays.fill(changed, 62, 256, (byte) 0x5a);
        return changed;
    }

    private static Stream<JoseVector> primitives() {
        ObjectNode forPss = set(TestKeys.jwk("kid-rsa-sign", TestKeys.RSA).put("alg", "PS256"));
        ObjectNode forRsa = set(TestKeys.jwk("kid-rsa-sign", TestKeys.RSA).put("alg", "RS256"));
        return Stream.of(
                JoseVector.bad("WrongPrimitive rs256 for a ps256 key", forPss, goodRsa()),
                JoseVector.bad(
                        "WrongPrimitive ps256 for an rs256 key",
                        forRsa,
                        rsa().header("alg", "PS256").sign(TestKeys.RSA)),
                JoseVector.bad(
                        "WrongPrimitive pss signed, rs256 said",
                        RSA_SET,
                        rsa().signAs("PS256", TestKeys.RSA)),
                JoseVector.bad(
                        "WrongPrimitive pkcs1 signed, ps256 said",
                        RSA_SET,
                        rsa().header("alg", "PS256").signAs("RS256", TestKeys.RSA)),
                JoseVector.bad(
                        "WrongPrimitive rs512",
                        RSA_SET,
                        rsa().header("alg", "RS512").sign(TestKeys.RSA)),
                JoseVector.bad(
                        "WrongPrimitive es384 of a p384 key",
                        set(TestKeys.jwk("kid-ec-sign", TestKeys.P384)),
                        ec().header("alg", "ES384").sign(TestKeys.P384)),
                pss("saltOf20", "SHA-256", MGF1ParameterSpec.SHA256, 20),
                pss("saltOf0", "SHA-256", MGF1ParameterSpec.SHA256, 0),
                pss("saltOf64", "SHA-256", MGF1ParameterSpec.SHA256, 64),
                pss("mgf1WithSha1", "SHA-256", MGF1ParameterSpec.SHA1, 32),
                pss("sha512", "SHA-512", MGF1ParameterSpec.SHA512, 32));
    }

    private static JoseVector pss(String name, String hash, MGF1ParameterSpec mask, int salt) {
        String input = input(rsa().header("alg", "PS256").sign(TestKeys.RSA));
        try {
            Signature signer = Signature.getInstance("RSASSA-PSS");
            signer.setParameter(new PSSParameterSpec(hash, "MGF1", mask, salt, 1));
            signer.initSign(TestKeys.RSA.getPrivate());
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return JoseVector.bad(
                    "ModifiedPss " + name,
                    RSA_SET,
                    input + "." + TestKeys.base64url(signer.sign()));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static Stream<JoseVector> uses() {
        return Stream.of("kid-rsa-sign", "kid-ec-sign")
                .flatMap(
                        keyId -> {
                            boolean rsa = keyId.contains("rsa");
                            KeyPair pair = rsa ? TestKeys.RSA : TestKeys.P256;
                            ObjectNode operations = TestKeys.jwk(keyId, pair);
                            operations.putArray("key_ops").add("encrypt");
                            String token = rsa ? goodRsa() : goodEc();
                            return Stream.of(
                                    JoseVector.bad(
                                            "rejectWrongUse " + keyId,
                                            set(TestKeys.jwk(keyId, pair).put("use", "enc")),
                                            token),
                                    JoseVector.bad(
                                            "rejectWrongKeyOps " + keyId, set(operations), token));
                        });
    }

    /** Letters that are not of the alphabet, put into a good token; the last bits may be loose. */
    private static Stream<JoseVector> letters(String which, ObjectNode keys, String good) {
        return Stream.of("header", "payload", "signature")
                .flatMap(
                        part ->
                                Stream.concat(UNSIGNED.stream(), Stream.of("+", "/"))
                                        .map(
                                                letters ->
                                                        JoseVector.bad(
                                                                which
                                                                        + "InvalidCharacters "
                                                                        + code(letters)
                                                                        + " in the "
                                                                        + part,
                                                                keys,
                                                                inserted(good, part, letters))));
    }

    private static String code(String letters) {
        return letters.length() + "x" + (int) letters.charAt(0);
    }

    private static String inserted(String token, String where, String letters) {
        String[] parts = token.split("\\.");
        int at = List.of("header", "payload", "signature").indexOf(where);
        int middle = parts[at].length() / 2 / 4 * 4;
        parts[at] = parts[at].substring(0, middle) + letters + parts[at].substring(middle);
        return String.join(".", parts);
    }

    /** The same, where the signature is over the text with these letters in it. */
    private static Stream<JoseVector> signedLetters() {
        return Stream.of("header", "payload")
                .flatMap(
                        part ->
                                SIGNED.stream()
                                        .map(
                                                letters ->
                                                        JoseVector.bad(
                                                                "signed InvalidCharacters "
                                                                        + code(letters)
                                                                        + " in the "
                                                                        + part,
                                                                RSA_SET,
                                                                resigned(
                                                                        inserted(
                                                                                goodRsa(), part,
                                                                                letters)))));
    }

    private static String resigned(String token) {
        String input = input(token);
        byte[] tail = RawRsa.join(RawRsa.hex(RawRsa.SHA256), RawRsa.digest("SHA-256", input));
        return RawRsa.sign(input, TestKeys.RSA, RawRsa.padded(tail));
    }

    private static Stream<JoseVector> points() {
        String[] good = goodEc().split("\\.");
        byte[] signature = Base64.getUrlDecoder().decode(good[2]);
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        String input = good[0] + "." + good[1];
        Stream<JoseVector> special =
                Stream.of(BigInteger.ZERO, BigInteger.ONE, ORDER.subtract(BigInteger.ONE), ORDER)
                        .flatMap(
                                first ->
                                        Stream.of(
                                                        BigInteger.ZERO,
                                                        BigInteger.ONE,
                                                        ORDER.subtract(BigInteger.ONE),
                                                        ORDER)
                                                .map(second -> es(input, first, second)));
        return Stream.concat(
                special,
                Stream.of(
                        JoseVector.good(
                                "SpecialCaseEs256 n - s is as good as s",
                                EC_SET,
                                encoded(input, r, ORDER.subtract(s), 32)),
                        JoseVector.bad("SignatureTooLong", EC_SET, encoded(input, r, s, 33)),
                        JoseVector.bad("BufferOverflow", EC_SET, encoded(input, r, s, 260)),
                        JoseVector.bad(
                                "TrailingZeros",
                                EC_SET,
                                input
                                        + "."
                                        + TestKeys.base64url(RawRsa.join(signature, new byte[2]))),
                        JoseVector.bad("RisTooBig", EC_SET, encoded(input, r.add(ORDER), s, 33)),
                        JoseVector.bad("SisTooBig", EC_SET, encoded(input, r, s.add(ORDER), 33)),
                        JoseVector.bad(
                                "IntegerOverflow",
                                EC_SET,
                                encoded(input, r.add(BigInteger.ONE.shiftLeft(256)), s, 33)),
                        JoseVector.bad("DerEncoded", EC_SET, input + "." + der())));
    }

    private static JoseVector es(String input, BigInteger r, BigInteger s) {
        return JoseVector.bad(
                "SpecialCaseEs256 r " + r.toString(16) + ", s " + s.toString(16),
                EC_SET,
                encoded(input, r, s, 32));
    }

    private static String encoded(String input, BigInteger r, BigInteger s, int octets) {
        byte[] both = RawRsa.join(TestKeys.unsigned(r, octets), TestKeys.unsigned(s, octets));
        return input + "." + TestKeys.base64url(both);
    }

    private static String der() {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(TestKeys.P256.getPrivate());
            signer.update(input(goodEc()).getBytes(StandardCharsets.US_ASCII));
            return TestKeys.base64url(signer.sign());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void takesTheGoodAndRefusesTheBad(JoseVector vector) {
        assertThat(vector.isTakenBy(fixture)).isEqualTo(vector.good());
    }

    /** Why the grammar is checked before the library sees a token, and keys before it sees them. */
    @Test
    void nimbusAloneVerifiesTokensWithStrangeLettersInAnyPart() {
        Stream<String> accepted =
                vectors()
                        .filter(vector -> !vector.good())
                        .filter(JoseVector::isVerifiedByNimbusAlone)
                        .map(JoseVector::name)
                        .filter(name -> !name.equals(MISSING_NULL));

        assertThat(accepted)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(
                                        Stream.of(
                                                "rejectsEmbeddedJwk of the very key",
                                                "rejectWrongKeyOps kid-rsa-sign",
                                                "rejectWrongKeyOps kid-ec-sign"),
                                        strange("rs256", "signature", UNSIGNED),
                                        strange("es256", "signature", UNSIGNED),
                                        strange("signed", "header", SIGNED),
                                        strange("signed", "payload", SIGNED))
                                .flatMap(names -> names)
                                .toList());
    }

    private static Stream<String> strange(String which, String where, List<String> letters) {
        return letters.stream()
                .map(each -> which + " InvalidCharacters " + code(each) + " in the " + where);
    }
}
