package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/**
 * A token in the making, signed with the JDK's own signatures so that the library under test has no
 * part in it. Each change returns a new draft.
 */
record Draft(ObjectNode header, ObjectNode claims) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    Draft header(String name, Object value) {
        ObjectNode changed = header.deepCopy();
        changed.set(name, node(value));
        return new Draft(changed, claims);
    }

    Draft withoutHeader(String name) {
        ObjectNode changed = header.deepCopy();
        changed.remove(name);
        return new Draft(changed, claims);
    }

    Draft claim(String name, Object value) {
        ObjectNode changed = claims.deepCopy();
        changed.set(name, node(value));
        return new Draft(header, changed);
    }

    Draft without(String name) {
        ObjectNode changed = claims.deepCopy();
        changed.remove(name);
        return new Draft(header, changed);
    }

    /** Signs with the key and the algorithm that the header names. */
    String sign(KeyPair key) {
        return sign(header.toString(), claims.toString(), header.path("alg").asText(), key);
    }

    /** Signs as this algorithm, whatever the header says. */
    String signAs(String algorithm, KeyPair key) {
        return sign(header.toString(), claims.toString(), algorithm, key);
    }

    /** Signs with a claims text that is written as it is. */
    String signPayload(String payload, KeyPair key) {
        return sign(header.toString(), payload, header.path("alg").asText(), key);
    }

    /** Signs with a header text that is written as it is. */
    String signHeader(String headerText, KeyPair key) {
        return sign(headerText, claims.toString(), header.path("alg").asText(), key);
    }

    static String sign(String header, String payload, String algorithm, KeyPair key) {
        String input = encode(header) + "." + encode(payload);
        return input + "." + TestKeys.base64url(signature(algorithm, key.getPrivate(), input));
    }

    static String encode(String text) {
        return TestKeys.base64url(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode node(Object value) {
        return MAPPER.valueToTree(value);
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static byte[] signature(String algorithm, PrivateKey key, String input) {
        try {
            Signature signer = signer(algorithm);
            signer.initSign(key);
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return signer.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(unusable);
        }
    }

    private static Signature signer(String algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case "ES384" -> Signature.getInstance("SHA384withECDSAinP1363Format");
            case "PS256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
            default -> Signature.getInstance("SHA256withRSA");
        };
    }
}
