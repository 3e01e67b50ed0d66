package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Key pairs made once for each test run, and their published form. */
final class TestKeys {

    static final KeyPair RSA = rsa(2048);
    static final KeyPair OTHER_RSA = rsa(2048);
    static final KeyPair SHORT_RSA = rsa(1024);
    static final KeyPair P256 = ec("secp256r1");
    static final KeyPair OTHER_P256 = ec("secp256r1");
    static final KeyPair P384 = ec("secp384r1");

    private TestKeys() {}

    /** Returns the public key as a JWK with this key id and nothing else that is optional. */
    static ObjectNode jwk(String keyId, KeyPair pair) {
        ObjectNode jwk = JsonNodeFactory.instance.objectNode().put("kid", keyId);
        return switch (pair.getPublic()) {
            case RSAPublicKey key ->
                    jwk.put("kty", "RSA")
                            .put("n", base64url(unsigned(key.getModulus(), 1)))
                            .put("e", base64url(unsigned(key.getPublicExponent(), 1)));
            case ECPublicKey key -> ec(jwk, key);
            default -> throw new IllegalArgumentException(pair.getPublic().getAlgorithm());
        };
    }

    private static ObjectNode ec(ObjectNode jwk, ECPublicKey key) {
        int octets = key.getParams().getCurve().getField().getFieldSize() / 8;
        return jwk.put("kty", "EC")
                .put("crv", octets == 32 ? "P-256" : "P-384")
                .put("x", base64url(unsigned(key.getW().getAffineX(), octets)))
                .put("y", base64url(unsigned(key.getW().getAffineY(), octets)));
    }

    static ObjectNode keySet(ObjectNode... keys) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("keys").addAll(Arrays.asList(keys));
        return document;
    }

    static String base64url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    static byte[] unsigned(BigInteger number, int atLeast) {
        byte[] signed = number.toByteArray();
        int start = signed.length > 1 && signed[0] == 0 ? 1 : 0;
        byte[] octets = new byte[Math.max(atLeast, signed.length - start)];
        int length = signed.length - start;
        System.arraycopy(signed, start, octets, octets.length - length, length);
        return octets;
    }

    private static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
