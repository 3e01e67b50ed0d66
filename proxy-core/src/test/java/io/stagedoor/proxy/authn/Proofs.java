package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.UUID;

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
