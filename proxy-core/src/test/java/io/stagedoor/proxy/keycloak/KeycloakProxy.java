package io.stagedoor.proxy.keycloak;

import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * The proxy as an operator sets it up for Keycloak: principals by {@code sub}, groups by name, and in the
 * access file how the groups nest, since Keycloak's tokens name the direct ones only. Keycloak leaves the
 * claim out for who is in no group, so the operator says that nothing is missing then.
 */
public final class KeycloakProxy {
    /** A pipeline run: whoever may start it is an engineer. */
    public static final String RUN = "/pipelines/nightly/createRun";

    private static final String ISSUER =
            """
            issuers:
              - name: keycloak
                issuer: @issuer@
                audiences: [https://dev.azuresynapse.net]
                fixed_tenant: keycloak
                claims: {principal: sub, groups: groups, client_application: [azp]}
                agents:
                  - client_application: agent
                    principal: 7e000000-0000-4000-8000-0000000000b1
                keys:
                  trusted_certificates: keycloak-ca.pem
                  refresh_interval: 1m
                  cool_down: 1s
            workspaces:
            """;

    private static final String ACCESS =
            """
            tenant: keycloak
            assignments:
              - {principal: engineers, role: Synapse Contributor, scope: workspaces/demo}
              - principal: engineers
                role: Synapse Credential User
                scope: workspaces/demo/credentials/WorkspaceSystemIdentity
              - {principal: analysts, role: Synapse Artifact User, scope: workspaces/demo}
              - principal: 7e000000-0000-4000-8000-0000000000b1
                role: Synapse Artifact User
                scope: workspaces/demo
            groups:
              - id: engineers
                members: [nightly]
            """;

    private KeycloakProxy() {}

    /** Starts the proxy. */
    public static ProxyFixture start(KeycloakServer keycloak) throws IOException {
        return ProxyFixture.start(
                yaml ->
                        yaml.replaceAll(
                                        "(?s)issuers:.*workspaces:\n",
                                        ISSUER.replace("@issuer@", keycloak.issuer()))
                                .replace("from: live", "from: declared")
                                .replace(
                                        "file: access.yaml",
                                        "file: keycloak.yaml\n  groups_complete: true"),
                scenery -> {
                    scenery.folder().write("keycloak-ca.pem", keycloak.authorityPem());
                    scenery.folder().write("keycloak.yaml", ACCESS);
                });
    }

    /** Gives the status of a call with a token. */
    public static int status(ProxyFixture proxy, String token, String method, String path)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                proxy.send(proxy.request(token, method, path, Optional.empty()));
        return response.statusCode();
    }
}
