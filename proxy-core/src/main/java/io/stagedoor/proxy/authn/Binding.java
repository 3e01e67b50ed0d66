package io.stagedoor.proxy.authn;

import java.util.Optional;

/**
 * What a token's sender must prove to have, by its {@code cnf} claim (RFC 7800).
 *
 * @param certificate the SHA-256 thumbprint of the client certificate ({@code x5t#S256}, RFC 8705,
 *     section 3.1)
 * @param key the SHA-256 thumbprint of the key that signs the proofs ({@code jkt}, RFC 9449, section
 *     6.1)
 */
public record Binding(Optional<String> certificate, Optional<String> key) {

    /** The binding of a bearer token: whoever has it may use it. */
    public static final Binding NONE = new Binding(Optional.empty(), Optional.empty());

    /** Returns whether there is nothing to prove. */
    public boolean isNone() {
        return certificate.isEmpty() && key.isEmpty();
    }
}
