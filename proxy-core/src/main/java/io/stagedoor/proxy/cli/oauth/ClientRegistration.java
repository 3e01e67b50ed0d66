package io.stagedoor.proxy.cli.oauth;

import java.util.List;
import java.util.Optional;

/**
 * Who asks an issuer for tokens, and for which ones. The client is a public one: it has no secret
 * (RFC 8252, section 8.4).
 *
 * @param clientId as the issuer knows it
 * @param scopes what is asked for
 * @param audience the parameter {@code audience}, which some issuers want
 * @param resource the parameter {@code resource} (RFC 8707)
 */
public record ClientRegistration(
        String clientId,
        List<String> scopes,
        Optional<String> audience,
        Optional<String> resource) {

    /** Copies the list. */
    public ClientRegistration {
        scopes = List.copyOf(scopes);
    }

    /** Gives a form that names the client, without the scopes. */
    Form form() {
        return new Form()
                .with("client_id", clientId)
                .with("audience", audience)
                .with("resource", resource);
    }

    Form formWithScopes() {
        return form().with("scope", String.join(" ", scopes));
    }
}
