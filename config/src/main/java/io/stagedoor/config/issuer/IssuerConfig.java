package io.stagedoor.config.issuer;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * One issuer of tokens (Entra tenant and token version, Okta authorisation server, any OIDC issuer).
 *
 * @param name how logs and audit call it
 * @param issuer what the {@code iss} claim must be, character by character
 * @param audiences what the {@code aud} claim may be, character by character, at least one
 * @param algorithms the signature algorithms accepted (RFC 7518 names), at least one
 * @param tenant which tenant its principals belong to
 * @param claims the names of the claims
 * @param clockSkew how far its clock may be from ours, at most 10 minutes
 * @param keys its signing keys
 */
public record IssuerConfig(
        String name,
        URI issuer,
        Set<String> audiences,
        Set<String> algorithms,
        TenantRule tenant,
        ClaimMap claims,
        Duration clockSkew,
        KeySetConfig keys) {

    /** Copies the sets. */
    public IssuerConfig {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
    }
}
