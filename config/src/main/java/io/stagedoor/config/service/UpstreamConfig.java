package io.stagedoor.config.service;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where requests to a service go.
 *
 * @param cloud the Azure cloud: its token scope and directory
 * @param uri scheme, host and perhaps port; no path. Its scheme is {@code http} only for a loopback
 *     address, where a sidecar speaks TLS to the service
 * @param endpoints where it is offered, in place of the addresses of its host name; none if there is
 *     nothing to replace. Whatever they are called, certificates must bear the host of {@code uri}
 * @param trustedCertificates the authorities that sign the upstream's certificate, or nothing for
 *     those of the Java runtime
 * @param tunnels where clients may open WebSockets
 * @param sparkLinks what becomes of the links to Spark's own pages in answers
 * @param sqlEndpoint the host name that answers show as the SQL endpoint, in place of the real one
 * @param sqlOnDemandEndpoint the same for the serverless SQL endpoint
 */
public record UpstreamConfig(
        Cloud cloud,
        URI uri,
        Set<URI> endpoints,
        Optional<Path> trustedCertificates,
        List<TunnelConfig> tunnels,
        SparkLinks sparkLinks,
        Optional<String> sqlEndpoint,
        Optional<String> sqlOnDemandEndpoint) {

    /** What becomes of links that lead to hosts which the proxy does not stand before. */
    public enum SparkLinks {
        /** They stay as they are. */
        KEEP,
        /** {@code null} stands in their place. */
        STRIP
    }

    /** Copies the list. */
    public UpstreamConfig {
        tunnels = List.copyOf(tunnels);
    }

    /** Returns the reader of the section {@code upstream} of the service with this name. */
    static SectionReader<UpstreamConfig> readerFor(PlaceKind kind, String name) {
        return in -> read(in, kind, name);
    }

    private static Optional<UpstreamConfig> read(Section in, PlaceKind kind, String name) {
        Setting<Cloud> cloud = in.optional("cloud", Kinds.choice(Cloud.class), Cloud.PUBLIC);
        Setting<URI> uri = kind.upstream(in, cloud, name);
        Setting<Set<URI>> endpoints =
                in.optionalSet("endpoints", NetKinds.origin("https://10.0.0.4:443"), List.of());
        Setting<Optional<Path>> trusted =
                in.optional("trusted_certificates", in.reading().files().certificates());
        Setting<List<TunnelConfig>> tunnels = in.sections("tunnels", new TunnelReader(), 0);
        Setting<SparkLinks> sparkLinks =
                in.optional("spark_links", Kinds.choice(SparkLinks.class), SparkLinks.KEEP);
        Setting<Optional<String>> sql = in.optional("sql_endpoint", NetKinds.host());
        Setting<Optional<String>> onDemand = in.optional("sql_on_demand_endpoint", NetKinds.host());
        return in.build(
                () ->
                        new UpstreamConfig(
                                cloud.value(),
                                uri.value(),
                                endpoints.value(),
                                trusted.value(),
                                tunnels.value(),
                                sparkLinks.value(),
                                sql.value(),
                                onDemand.value()));
    }
}
