package io.stagedoor.proxy.authn.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.stagedoor.proxy.authn.jose.Base64Url;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which published keys (RFC 7517) are fit to verify tokens with.
 *
 * <p>Fit is: RSA of 2,048 to 8,192 bits that is not known to be weak, or a point on P-256; {@code use}
 * absent or {@code sig}; {@code key_ops} absent or with {@code verify} in it; {@code alg} absent or one
 * of ours for that key type; no private part; where the key names an issuer of its own (Entra does),
 * exactly the issuer it is published for; and where it comes with a certificate, that of the very key.
 * Nothing else is read in certificates: the key set's TLS connection vouches for the keys.
 *
 * @param keyIssuers the values that a key's own {@code issuer} member may have
 */
record KeyFilter(Set<String> keyIssuers) {

    private static final int MAX_KEY_ID = 256;
    private static final List<String> PRIVATE_PARTS =
            List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /** What a published key comes to. */
    sealed interface Verdict {
        /** It may verify tokens. */
        record Fit(TrustedKey key) implements Verdict {}

        /** It is left out. */
        record Unfit(KeyFault fault) implements Verdict {}
    }

    KeyFilter {
        keyIssuers = Set.copyOf(keyIssuers);
    }

    /** Judges a key as it was published. */
    Verdict judge(JsonNode key) {
        Optional<KeyFault> fault = faultOf(key);
        return fault.isPresent() ? new Verdict.Unfit(fault.get()) : material(key);
    }

    private Optional<KeyFault> faultOf(JsonNode key) {
        if (PRIVATE_PARTS.stream().anyMatch(key::has)) {
            return Optional.of(KeyFault.PRIVATE);
        }
        if (!isForVerifying(key)) {
            return Optional.of(KeyFault.USE);
        }
        if (key.has("issuer") && !keyIssuers.contains(key.path("issuer").asText())) {
            return Optional.of(KeyFault.ISSUER);
        }
        if (!hasFitKeyId(key)) {
            return Optional.of(KeyFault.KEY_ID);
        }
        return hasFitAlgorithm(key) ? Optional.empty() : Optional.of(KeyFault.ALGORITHM);
    }

    private static Verdict material(JsonNode key) {
        try {
            return switch (key.path("kty").asText()) {
                case "RSA" -> rsa(key);
                case "EC" -> p256(key);
                default -> new Verdict.Unfit(KeyFault.TYPE);
            };
        } catch (JOSEException | IllegalArgumentException | IllegalStateException unfit) {
            return new Verdict.Unfit(KeyFault.FORM);
        }
    }

    private static Verdict rsa(JsonNode key) throws JOSEException {
        Optional<Base64URL> modulus = number(key, "n");
        Optional<Base64URL> exponent = number(key, "e");
        if (modulus.isEmpty() || exponent.isEmpty()) {
            return new Verdict.Unfit(KeyFault.FORM);
        }
        Optional<KeyFault> weakness =
                RsaStrength.faultOf(
                        modulus.get().decodeToBigInteger(), exponent.get().decodeToBigInteger());
        if (weakness.isPresent()) {
            return new Verdict.Unfit(weakness.get());
        }
        RSAKey material = new RSAKey.Builder(modulus.get(), exponent.get()).build();
        return CertificateMatch.holds(key, material.toRSAPublicKey())
                ? new Verdict.Fit(TrustedKey.of(text(key, "kid"), algorithm(key), material))
                : new Verdict.Unfit(KeyFault.CERTIFICATE);
    }

    private static Verdict p256(JsonNode key) throws JOSEException {
        if (!key.path("crv").asText().equals(Curve.P_256.getName())) {
            return new Verdict.Unfit(KeyFault.TYPE);
        }
        Optional<Base64URL> x = number(key, "x");
        Optional<Base64URL> y = number(key, "y");
        if (x.isEmpty() || y.isEmpty()) {
            return new Verdict.Unfit(KeyFault.FORM);
        }
        // INVARIANT: the builder refuses points that are not on the curve.
        ECKey material = new ECKey.Builder(Curve.P_256, x.get(), y.get()).build();
        return CertificateMatch.holds(key, material.toECPublicKey())
                ? new Verdict.Fit(TrustedKey.of(text(key, "kid"), algorithm(key), material))
                : new Verdict.Unfit(KeyFault.CERTIFICATE);
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

    private static boolean hasFitKeyId(JsonNode key) {
        return !key.has("kid")
                || text(key, "kid")
                        .filter(id -> !id.isEmpty() && id.length() <= MAX_KEY_ID)
                        .isPresent();
    }

    private static boolean hasFitAlgorithm(JsonNode key) {
        String type = key.path("kty").asText();
        return !key.has("alg")
                || algorithm(key).filter(named -> named.keyType().equals(type)).isPresent();
    }

    private static Optional<SignatureAlgorithm> algorithm(JsonNode key) {
        return text(key, "alg").flatMap(SignatureAlgorithm::find);
    }

    private static Optional<String> text(JsonNode key, String name) {
        return Optional.ofNullable(key.path(name).textValue());
    }

    private static Optional<Base64URL> number(JsonNode key, String name) {
        return text(key, name).filter(KeyFilter::isCanonical).map(Base64URL::new);
    }

    private static boolean isCanonical(String base64url) {
        return !base64url.isEmpty() && Base64Url.decode(base64url).isPresent();
    }
}
