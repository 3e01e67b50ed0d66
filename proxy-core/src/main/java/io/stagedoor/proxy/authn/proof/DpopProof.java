package io.stagedoor.proxy.authn.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.Base64Url;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.authn.jose.StrictJson;
import io.stagedoor.proxy.authn.keys.ProofKeys;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A DPoP proof in strict compact form (RFC 9449, section 4.2), whose signature nobody has checked.
 * Immutable.
 */
final class DpopProof {

    private static final int MAX_LENGTH = 8 * 1024;
    private static final String TYPE = "dpop+jwt";

    /** Fields that change how the proof is to be read, or bring another key along. */
    private static final List<String> REFUSED =
            List.of("crit", "b64", "zip", "jku", "x5u", "x5c", "enc", "epk");

    private final SignatureAlgorithm algorithm;
    private final TrustedKey key;
    private final ObjectNode claims;
    private final byte[] signingInput;
    private final String signature;

    private DpopProof(
            SignatureAlgorithm algorithm,
            TrustedKey key,
            ObjectNode claims,
            byte[] signingInput,
            String signature) {
        this.algorithm = algorithm;
        this.key = key;
        this.claims = claims;
        this.signingInput = signingInput;
        this.signature = signature;
    }

    /**
     * Reads a proof.
     *
     * @throws RefusedException with {@code token_proof}
     */
    static DpopProof parse(String text) throws RefusedException {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (text.length() > MAX_LENGTH || first <= 0 || second <= first + 1) {
            throw ProofVerifier.refused("the proof is not a short token of three parts");
        }
        ObjectNode header = object(text.substring(0, first));
        ObjectNode claims = object(text.substring(first + 1, second));
        String signature = text.substring(second + 1);
        if (signature.isEmpty() || Base64Url.decode(signature).isEmpty()) {
            throw ProofVerifier.refused("the proof's signature is not canonical base64url");
        }
        SignatureAlgorithm algorithm = algorithm(header);
        byte[] signed = text.substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return new DpopProof(algorithm, key(header, algorithm), claims, signed, signature);
    }

    private static ObjectNode object(String part) throws RefusedException {
        Optional<ObjectNode> object = Base64Url.decode(part).flatMap(StrictJson::readObject);
        if (object.isEmpty()) {
            throw ProofVerifier.refused("a part of the proof is not a strict JSON object");
        }
        return object.get();
    }

    private static SignatureAlgorithm algorithm(ObjectNode header) throws RefusedException {
        if (!TYPE.equals(header.path("typ").textValue())) {
            throw ProofVerifier.refused("the proof's type is not `" + TYPE + "`");
        }
        for (String name : REFUSED) {
            if (header.has(name)) {
                throw ProofVerifier.refused("the proof's header has the field `" + name + "`");
            }
        }
        return Optional.ofNullable(header.path("alg").textValue())
                .flatMap(SignatureAlgorithm::find)
                .orElseThrow(() -> ProofVerifier.refused("the proof's algorithm is not taken"));
    }

    private static TrustedKey key(ObjectNode header, SignatureAlgorithm algorithm)
            throws RefusedException {
        return ProofKeys.publicKey(header.path("jwk"))
                .filter(key -> key.fits(algorithm))
                .orElseThrow(
                        () ->
                                ProofVerifier.refused(
                                        "the proof does not hold one fit public key and no more"));
    }

    /** Returns whether the key in the proof signed it. Costs up to a millisecond of computing. */
    boolean isSigned() {
        return key.verifies(algorithm, signingInput, signature);
    }

    /** Returns the claims, as the sender states them. */
    ObjectNode claims() {
        return claims;
    }

    /** Returns the SHA-256 thumbprint of the key (RFC 7638), base64url without padding. */
    String thumbprint() {
        return key.thumbprint();
    }

    @Override
    public String toString() {
        return "DpopProof[" + algorithm + "]";
    }
}
