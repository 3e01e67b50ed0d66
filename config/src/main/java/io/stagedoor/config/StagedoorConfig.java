package io.stagedoor.config;

import io.stagedoor.config.credential.UpstreamsConfig;
import io.stagedoor.config.issuer.IssuerConfig;
import io.stagedoor.config.listener.AdminConfig;
import io.stagedoor.config.listener.LimitsConfig;
import io.stagedoor.config.listener.ListenerConfig;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.upstream.UpstreamConnectionsConfig;
import java.util.List;

/**
 * The whole configuration: what {@code stagedoor.yaml} and the access file it names say, with every
 * default filled in.
 *
 * @param listener the socket for clients
 * @param admin the socket for health and metrics
 * @param limits what is taken and kept for one request
 * @param issuers whose tokens are believed, at least one
 * @param services what is behind the proxy, at least one: workspaces, factories, sites, in this order
 * @param upstreams what all upstreams have in common
 * @param audit the audit journal
 * @param access declared access
 */
public record StagedoorConfig(
        ListenerConfig listener,
        AdminConfig admin,
        LimitsConfig limits,
        List<IssuerConfig> issuers,
        List<ServiceConfig> services,
        UpstreamsConfig upstreams,
        AuditConfig audit,
        AccessConfig access) {

    /** Copies the lists. */
    public StagedoorConfig {
        issuers = List.copyOf(issuers);
        services = List.copyOf(services);
    }

    /** Returns the connections to each upstream. */
    public UpstreamConnectionsConfig upstreamConnections() {
        return upstreams.connections();
    }
}
