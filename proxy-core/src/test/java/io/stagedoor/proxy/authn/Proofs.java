package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Makes DPoP proofs (RFC 9449), good ones that each case changes in one place. */
public final class Proofs {

    private Proofs() {}

    /** Returns the SHA-256 thumbprint of a public key. */
    public static String thumbprint(KeyPair key) {
        try {
            ObjectNode jwk = publicKey(key);
            return jwk.path("kty").asText().equals("EC")
                    ? ECKey.parse(jwk.toString()).computeThumbprint().toString()
                    : RSAKey.parse(jwk.toString()).computeThumbprint().toString();
        } catch (ParseException | com.nimbusds.jose.JOSEException unusable) {
            throw new IllegalArgumentException(unusable);
        }
    }

    /** Returns the key as it stands in a proof. */
    static ObjectNode publicKey(KeyPair key) {
        ObjectNode jwk = TestKeys.jwk("x", key);
        jwk.remove("kid");
        return jwk;
    }

    /** Returns a key pair on P-256, the same in each run of the tests. */
    public static KeyPair key() {
        return TestKeys.P256;
    }

    /** Returns another key pair on P-256. */
    public static KeyPair otherKey() {
        return TestKeys.OTHER_P256;
    }

    static Draft draft(String method, String url, String token, Instant now) {
        ObjectNode header = Draft.json("{}").put("typ", "dpop+jwt").put("alg", "ES256");
        header.set("jwk", publicKey(TestKeys.P256));
        ObjectNode claims =
                Draft.json("{}")
                        .put("jti", UUID.randomUUID().toString())
                        .put("htm", method)
                        .put("htu", url)
                        .put("iat", now.getEpochSecond())
                        .put("ath", digest(token));
        return new Draft(header, claims);
    }

    /** Returns a good proof for a request, made with {@link #key}. */
    public static String proof(String method, String url, String token, Instant now) {
        return draft(method, url, token, now).sign(TestKeys.P256);
    }

    /** Returns what may be wrong with a proof, by its name, as a change of a good one. */
    static Map<String, UnaryOperator<Draft>> mistakes() {
        Map<String, UnaryOperator<Draft>> mistakes = new LinkedHashMap<>();
        mistakes.put("typ of a token", it -> it.header("typ", "JWT"));
        mistakes.put("typ in capitals", it -> it.header("typ", "DPOP+JWT"));
        mistakes.put("typ missing", it -> it.withoutHeader("typ"));
        mistakes.put("alg none", it -> it.header("alg", "none"));
        mistakes.put("alg HS256", it -> it.header("alg", "HS256"));
        mistakes.put("alg of another key type", it -> it.header("alg", "RS256"));
        mistakes.put("jwk missing", it -> it.withoutHeader("jwk"));
        mistakes.put("jwk a text", it -> it.header("jwk", "x"));
        mistakes.put("jwk symmetric", it -> it.header("jwk", Map.of("kty", "oct", "k", "AAAA")));
        mistakes.put("jwk with its private part", Proofs::withPrivatePart);
        mistakes.put("crit", it -> it.header("crit", List.of("b64")));
        mistakes.put("htm of another method", it -> it.claim("htm", "POST"));
        mistakes.put("htm in small letters", it -> it.claim("htm", "get"));
        mistakes.put("htm missing", it -> it.without("htm"));
        mistakes.put("htu missing", it -> it.without("htu"));
        mistakes.put("htu a number", it -> it.claim("htu", 1));
        mistakes.put("ath of another token", it -> it.claim("ath", Proofs.digest("other")));
        mistakes.put("ath missing", it -> it.without("ath"));
        mistakes.put("iat missing", it -> it.without("iat"));
        mistakes.put("iat a text", it -> it.claim("iat", "now"));
        mistakes.put("iat too old", it -> it.claim("iat", issuedAt(it) - 61));
        mistakes.put("iat too far ahead", it -> it.claim("iat", issuedAt(it) + 61));
        mistakes.put("jti missing", it -> it.without("jti"));
        mistakes.put("jti empty", it -> it.claim("jti", ""));
        mistakes.put("jti a number", it -> it.claim("jti", 7));
        mistakes.put("jti long", it -> it.claim("jti", "x".repeat(257)));
        return mistakes;
    }

    /** Returns proofs for a request, each with one mistake, by what that is. */
    public static Map<String, String> wrong(String method, String url, String token, Instant now) {
        Map<String, String> wrong = new LinkedHashMap<>();
        mistakes()
                .forEach(
                        (name, mistake) ->
                                wrong.put(
                                        name,
                                        mistake.apply(draft(method, url, token, now))
                                                .signAs("ES256", TestKeys.P256)));
        return wrong;
    }

    private static long issuedAt(Draft draft) {
        return draft.claims().path("iat").asLong();
    }

    private static Draft withPrivatePart(Draft draft) {
        ObjectNode jwk = publicKey(TestKeys.P256);
        return draft.header("jwk", jwk.put("d", digest("d")));
    }

    static String digest(String text) {
        try {
            return TestKeys.base64url(
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
