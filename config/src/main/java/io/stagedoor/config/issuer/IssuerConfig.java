package io.stagedoor.config.issuer;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One issuer of tokens (Entra tenant and token version, Okta authorisation server, any OIDC issuer).
 *
 * @param name how logs and audit call it
 * @param issuer what the {@code iss} claim must be, character by character
 * @param tokens what its tokens must be like
 * @param tenant which tenant its principals belong to
 * @param claims the names of the claims
 * @param keys its signing keys
 * @param agents the client applications that are agents
 * @param introspection how it is asked about its tokens; without it they are verified with its keys
 */
public record IssuerConfig(
        String name,
        URI issuer,
        TokenConfig tokens,
        TenantRule tenant,
        ClaimMap claims,
        KeySetConfig keys,
        List<AgentConfig> agents,
        Optional<IntrospectionConfig> introspection) {

    /** Copies the list. */
    public IssuerConfig {
        agents = List.copyOf(agents);
    }
}
