package io.stagedoor.proxy.cli.demo;

import java.net.URI;
import java.nio.file.Path;

/** The demo's configuration, as an operator would write it: {@code stagedoor.yaml} and access. */
final class DemoConfiguration {
    static final String PATH_PREFIX = "/synapse/" + DemoCast.WORKSPACE;

    private DemoConfiguration() {}

    /**
     * Writes both files beside the certificates and tokens they name; gives the main one.
     *
     * @param port the clients' port; 0 for any free one
     * @param adminPort the operator's port; 0 for any free one
     */
    static Path write(DemoFolder folder, URI issuer, URI workspace, int port, int adminPort) {
        folder.write("access.yaml", access());
        return folder.write("stagedoor.yaml", main(issuer, workspace, port, adminPort));
    }

    private static String main(URI issuer, URI workspace, int port, int adminPort) {
        return """
        listener:
          host: 127.0.0.1
          port: %d
          tls:
            certificate: proxy.pem
            private_key: proxy.key
        admin:
          host: 127.0.0.1
          port: %d
        issuers:
          - name: demo
            issuer: %s
            audiences: [%s]
            keys:
              trusted_certificates: ca.pem
        workspaces:
          - name: %s
            tenant: %s
            path_prefix: %s
            upstream:
              uri: %s
              trusted_certificates: ca.pem
            credential:
              static_bearer:
                token: file:upstream.token
            assignments:
              from: live
              poll_interval: 5s
        audit:
          directory: audit
        access:
          file: access.yaml
        """
                .formatted(
                        port,
                        adminPort,
                        issuer,
                        DemoCast.AUDIENCE,
                        DemoCast.WORKSPACE,
                        DemoCast.TENANT,
                        PATH_PREFIX,
                        workspace);
    }

    private static String access() {
        return """
        # The agent holds what the engineer holds; this rule leaves it reading and one pipeline.
        guardrails:
          - name: nightly-agent
            applies_to:
              client_applications: [%s]
            may:
              read: true
              run:
                pipelines: [%s]
        """
                .formatted(DemoCast.AGENT.clientApplication(), DemoCast.NIGHTLY);
    }
}
