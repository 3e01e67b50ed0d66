package io.stagedoor.proxy.authn.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import java.util.Optional;

/**
 * One public key that its issuer vouches for and that is fit to verify tokens with.
 *
 * <p>Made by {@link KeyFilter} only. Two are equal when key id, algorithm and key material are.
 * Immutable and safe for use by many threads.
 */
public final class TrustedKey {

    private record Identity(
            Optional<String> keyId, Optional<SignatureAlgorithm> algorithm, String thumbprint) {}

    private final Identity identity;
    private final String keyType;
    private final JWSVerifier verifier;

    private TrustedKey(Identity identity, String keyType, JWSVerifier verifier) {
        this.identity = identity;
        this.keyType = keyType;
        this.verifier = verifier;
    }

    static TrustedKey of(
            Optional<String> keyId, Optional<SignatureAlgorithm> algorithm, RSAKey material)
            throws JOSEException {
        String thumbprint = material.computeThumbprint().toString();
        return new TrustedKey(
                new Identity(keyId, algorithm, thumbprint),
                "RSA",
                fastest(new RSASSAVerifier(material)));
    }

    static TrustedKey of(
            Optional<String> keyId, Optional<SignatureAlgorithm> algorithm, ECKey material)
            throws JOSEException {
        String thumbprint = material.computeThumbprint().toString();
        return new TrustedKey(
                new Identity(keyId, algorithm, thumbprint),
                "EC",
                fastest(new ECDSAVerifier(material)));
    }

    private static JWSVerifier fastest(JWSVerifier verifier) {
        SignatureProvider.FASTEST.ifPresent(verifier.getJCAContext()::setProvider);
        return verifier;
    }

    /** Returns the key id that its issuer gave it, if any. */
    public Optional<String> keyId() {
        return identity.keyId();
    }

    /** Returns whether the key may verify signatures of the algorithm: type and {@code alg} agree. */
    public boolean fits(SignatureAlgorithm algorithm) {
        return keyType.equals(algorithm.keyType())
                && identity.algorithm().map(algorithm::equals).orElse(true);
    }

    /**
     * Returns whether the signature is one over the octets by this key's owner. Costs about 30 us for
     * RSA and 70 us for ECDSA by the native provider; does not wait.
     */
    public boolean verifies(SignatureAlgorithm algorithm, byte[] signingInput, String signature) {
        try {
            JWSHeader header = new JWSHeader(nimbus(algorithm));
            return fits(algorithm)
                    && verifier.verify(header, signingInput, new Base64URL(signature));
        } catch (JOSEException refused) {
            return false;
        }
    }

    private static JWSAlgorithm nimbus(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> JWSAlgorithm.RS256;
            case ES256 -> JWSAlgorithm.ES256;
            case PS256 -> JWSAlgorithm.PS256;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustedKey key && identity.equals(key.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    @Override
    public String toString() {
        return keyType + " key " + identity.thumbprint();
    }
}
