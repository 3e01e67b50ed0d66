package io.stagedoor.proxy;

import io.netty.handler.ssl.SslContext;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.service.UpstreamConfig;
import io.stagedoor.config.upstream.CircuitConfig;
import io.stagedoor.config.upstream.HealthCheckConfig;
import io.stagedoor.config.upstream.OutliersConfig;
import io.stagedoor.config.upstream.PoolConfig;
import io.stagedoor.config.upstream.TimeoutsConfig;
import io.stagedoor.config.upstream.UpstreamConnectionsConfig;
import io.stagedoor.proxy.exchange.AnswerRules;
import io.stagedoor.proxy.exchange.Service;
import io.stagedoor.proxy.listener.TlsContexts;
import io.stagedoor.proxy.upstream.ServiceName;
import io.stagedoor.proxy.upstream.Transport;
import io.stagedoor.proxy.upstream.Upstream;
import io.stagedoor.proxy.upstream.UpstreamSettings;
import io.stagedoor.proxy.upstream.endpoint.EndpointAddress;
import io.stagedoor.proxy.upstream.endpoint.OutlierRules;
import io.stagedoor.proxy.upstream.limit.CircuitRules;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** The upstream of each workspace, made from the configuration. */
final class UpstreamParts {

    private static final int RESPONSE_HEAD = 64 * 1024;

    private final UpstreamSettings settings;
    private final Transport transport;

    UpstreamParts(UpstreamConnectionsConfig connections, Transport transport) {
        this.settings = settings(connections);
        this.transport = transport;
    }

    /**
     * Makes the upstream of a workspace, which is to be closed.
     *
     * @throws IOException if the file of certificates cannot be used
     */
    Service service(ServiceConfig service) throws IOException {
        UpstreamConfig config = service.upstream();
        ServiceName name = nameOf(config);
        boolean encrypted = name.addresses().stream().anyMatch(EndpointAddress::encrypted);
        Optional<SslContext> tls =
                encrypted
                        ? Optional.of(TlsContexts.forUpstream(config.trustedCertificates()))
                        : Optional.empty();
        return new Service(
                new Upstream(name, tls, transport, settings),
                name.host(),
                Translation.identityOf(service.credential()),
                new AnswerRules(
                        Places.platformOf(service.place()),
                        Places.namesOf(service),
                        Places.links(config)),
                Places.tunnelLifetimes(config));
    }

    private static ServiceName nameOf(UpstreamConfig config) {
        Set<URI> places = config.endpoints().isEmpty() ? Set.of(config.uri()) : config.endpoints();
        return new ServiceName(
                config.uri().getHost(),
                authority(config.uri()),
                places.stream().map(UpstreamParts::address).toList());
    }

    /** RFC 9110, section 7.2: a usual port is left out. */
    private static String authority(URI uri) {
        EndpointAddress address = address(uri);
        return address.port() == (address.encrypted() ? 443 : 80)
                ? address.host()
                : address.toString();
    }

    private static EndpointAddress address(URI uri) {
        boolean encrypted = uri.getScheme().equals("https");
        int usual = encrypted ? 443 : 80;
        return new EndpointAddress(
                uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), encrypted);
    }

    static UpstreamSettings settings(UpstreamConnectionsConfig config) {
        return new UpstreamSettings(
                deadlines(config.timeouts()),
                pool(config.pool()),
                new UpstreamSettings.Retries(config.maxAttempts(), config.retryBudget()),
                outliers(config.outliers()),
                circuit(config.circuit()),
                config.healthCheck().map(UpstreamParts::check),
                RESPONSE_HEAD);
    }

    private static UpstreamSettings.Deadlines deadlines(TimeoutsConfig times) {
        return new UpstreamSettings.Deadlines(
                times.connect(), times.response(), times.stall(), times.total());
    }

    private static UpstreamSettings.Pool pool(PoolConfig pool) {
        int loops = Runtime.getRuntime().availableProcessors();
        return new UpstreamSettings.Pool(
                pool.maxInUse(),
                pool.maxPending(),
                pool.pendingTimeout(),
                Math.ceilDiv(pool.maxIdle(), loops),
                pool.idleTimeout());
    }

    private static OutlierRules outliers(OutliersConfig rules) {
        return new OutlierRules(
                rules.consecutiveFailures(),
                rules.window(),
                rules.ejectionTime(),
                rules.maxEjectionTime(),
                rules.maxEjected());
    }

    private static CircuitRules circuit(CircuitConfig rules) {
        return new CircuitRules(rules.consecutiveFailures(), rules.openTime(), rules.maxOpenTime());
    }

    private static UpstreamSettings.Check check(HealthCheckConfig check) {
        return new UpstreamSettings.Check(
                check.path(),
                check.status(),
                check.interval(),
                check.timeout(),
                check.unhealthyAfter(),
                check.healthyAfter());
    }
}
