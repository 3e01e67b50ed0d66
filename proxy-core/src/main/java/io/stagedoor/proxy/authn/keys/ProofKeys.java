package io.stagedoor.proxy.authn.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** Reads the public keys that senders put into their own proofs (RFC 9449, section 4.2). */
public final class ProofKeys {

    private static final KeyFilter FILTER = new KeyFilter(Set.of());

    private ProofKeys() {}

    /**
     * Returns the key, if it is one that an issuer could publish: asymmetric, public, and fit to
     * verify with. Nobody vouches for it but whoever named its thumbprint.
     */
    public static Optional<TrustedKey> publicKey(JsonNode jwk) {
        return jwk.isObject() && FILTER.judge(jwk) instanceof KeyFilter.Verdict.Fit(TrustedKey key)
                ? Optional.of(key)
                : Optional.empty();
    }
}
