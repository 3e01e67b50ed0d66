package io.stagedoor.proxy.authn.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.stagedoor.proxy.authn.jose.Base64Url;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which published keys (RFC 7517) are fit to verify tokens with.
 *
 * <p>Fit is: RSA of 2,048 to 8,192 bits or a point on P-256; {@code use} absent or {@code sig};
 * {@code key_ops} absent or with {@code verify} in it; {@code alg} absent or one of ours for that key
 * type; no private part; and, where the key names an issuer of its own (Entra does), exactly the
 * issuer it is published for. Certificate chains are ignored: the key set's TLS connection vouches for
 * the keys.
 *
 * @param keyIssuers the values that a key's own {@code issuer} member may have
 */
record KeyFilter(Set<String> keyIssuers) {

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;
    private static final int MAX_KEY_ID = 256;
    private static final List<String> PRIVATE_PARTS = List.of("d", "p", "q", "dp", "dq", "qi", "k");

    KeyFilter {
        keyIssuers = Set.copyOf(keyIssuers);
    }

    /** Returns the key if it is fit, and nothing otherwise. */
    Optional<TrustedKey> fit(JsonNode key) {
        if (!isForVerifying(key) || !isOfThisIssuer(key) || hasPrivatePart(key)) {
            return Optional.empty();
        }
        Optional<String> keyId = text(key, "kid");
        Optional<SignatureAlgorithm> algorithm = text(key, "alg").flatMap(SignatureAlgorithm::find);
        if (isUnreadable(key, "kid", keyId) || isUnreadable(key, "alg", algorithm)) {
            return Optional.empty();
        }
        if (keyId.filter(id -> id.isEmpty() || id.length() > MAX_KEY_ID).isPresent()) {
            return Optional.empty();
        }
        String type = key.path("kty").asText();
        if (algorithm.filter(named -> !named.keyType().equals(type)).isPresent()) {
            return Optional.empty();
        }
        return material(key, type, keyId, algorithm);
    }

    private static Optional<TrustedKey> material(
            JsonNode key,
            String type,
            Optional<String> keyId,
            Optional<SignatureAlgorithm> algorithm) {
        try {
            return switch (type) {
                case "RSA" -> rsa(key, keyId, algorithm);
                case "EC" -> p256(key, keyId, algorithm);
                default -> Optional.empty();
            };
        } catch (JOSEException | IllegalArgumentException | IllegalStateException unfit) {
            return Optional.empty();
        }
    }

    private static Optional<TrustedKey> rsa(
            JsonNode key, Optional<String> keyId, Optional<SignatureAlgorithm> algorithm)
            throws JOSEException {
        Optional<Base64URL> modulus = number(key, "n");
        Optional<Base64URL> exponent = number(key, "e");
        if (modulus.isEmpty() || exponent.isEmpty()) {
            return Optional.empty();
        }
        BigInteger n = modulus.get().decodeToBigInteger();
        BigInteger e = exponent.get().decodeToBigInteger();
        boolean fit =
                n.bitLength() >= MIN_RSA_BITS
                        && n.bitLength() <= MAX_RSA_BITS
                        && e.testBit(0)
                        && e.compareTo(BigInteger.TWO) > 0
                        && e.bitLength() <= MAX_EXPONENT_BITS;
        if (!fit) {
            return Optional.empty();
        }
        RSAKey material = new RSAKey.Builder(modulus.get(), exponent.get()).build();
        return Optional.of(TrustedKey.of(keyId, algorithm, material));
    }

    private static Optional<TrustedKey> p256(
            JsonNode key, Optional<String> keyId, Optional<SignatureAlgorithm> algorithm)
            throws JOSEException {
        Optional<Base64URL> x = number(key, "x");
        Optional<Base64URL> y = number(key, "y");
        boolean onP256 = key.path("crv").asText().equals(Curve.P_256.getName());
        if (!onP256 || x.isEmpty() || y.isEmpty()) {
            return Optional.empty();
        }
        // INVARIANT: the builder refuses points that are not on the curve.
        ECKey material = new ECKey.Builder(Curve.P_256, x.get(), y.get()).build();
        return Optional.of(TrustedKey.of(keyId, algorithm, material));
    }

    private static boolean isForVerifying(JsonNode key) {
        boolean use = !key.has("use") || key.path("use").asText().equals("sig");
        JsonNode operations = key.path("key_ops");
        return use && (operations.isMissingNode() || hasVerify(operations));
    }

    private static boolean hasVerify(JsonNode operations) {
        return operations.isArray()
                && operations.valueStream().anyMatch(named -> named.asText().equals("verify"));
    }

    private boolean isOfThisIssuer(JsonNode key) {
        return !key.has("issuer") || keyIssuers.contains(key.path("issuer").asText());
    }

    private static boolean hasPrivatePart(JsonNode key) {
        return PRIVATE_PARTS.stream().anyMatch(key::has);
    }

    private static Optional<String> text(JsonNode key, String name) {
        return Optional.ofNullable(key.path(name).textValue());
    }

    private static boolean isUnreadable(JsonNode key, String name, Optional<?> value) {
        return key.has(name) && value.isEmpty();
    }

    private static Optional<Base64URL> number(JsonNode key, String name) {
        return text(key, name).filter(KeyFilter::isCanonical).map(Base64URL::new);
    }

    private static boolean isCanonical(String base64url) {
        return !base64url.isEmpty() && Base64Url.decode(base64url).isPresent();
    }
}
