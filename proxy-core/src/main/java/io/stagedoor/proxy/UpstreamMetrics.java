package io.stagedoor.proxy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stagedoor.proxy.exchange.Service;
import io.stagedoor.proxy.upstream.Upstream;
import io.stagedoor.proxy.upstream.UpstreamHealth;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The gauges of the upstreams. Labels are bounded: workspace and state, never an address. */
final class UpstreamMetrics {

    private final MeterRegistry metrics;
    private final String workspace;
    private final Upstream upstream;

    private UpstreamMetrics(MeterRegistry metrics, String workspace, Upstream upstream) {
        this.metrics = metrics;
        this.workspace = workspace;
        this.upstream = upstream;
    }

    static void register(MeterRegistry metrics, Map<String, Service> services) {
        services.forEach(
                (workspace, service) ->
                        new UpstreamMetrics(metrics, workspace, service.upstream()).register());
    }

    private void register() {
        endpoints("healthy", UpstreamHealth::healthy);
        endpoints("ejected", UpstreamHealth::ejected);
        endpoints("down", UpstreamHealth::down);
        gauge("circuit.open", health -> health.circuitOpen() ? 1 : 0)
                .description("1 while nothing is sent, since nothing answered, else 0")
                .register(metrics);
        gauge("connections", UpstreamHealth::inUse)
                .description("connections that carry a request, or are being made for one")
                .register(metrics);
        gauge("pending", UpstreamHealth::pending)
                .description("requests that wait for a connection")
                .register(metrics);
    }

    private void endpoints(String state, ToDoubleFunction<UpstreamHealth> count) {
        gauge("endpoints", count)
                .description("addresses of the upstream, by how they fare")
                .tag("state", state)
                .register(metrics);
    }

    private Gauge.Builder<Upstream> gauge(String name, ToDoubleFunction<UpstreamHealth> value) {
        return Gauge.builder(
                        "stagedoor.upstream." + name,
                        upstream,
                        each -> value.applyAsDouble(each.health()))
                .tag("workspace", workspace);
    }
}
