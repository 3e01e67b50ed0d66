package io.stagedoor.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.stagedoor.proxy.exchange.Service;
import io.stagedoor.proxy.upstream.UpstreamHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The gauges of the upstreams. Labels are bounded: workspace and state, never an address. */
final class UpstreamMetrics {

    private final Serving serving;
    private final List<Gauges> all = new ArrayList<>();

    /** One figure of every upstream. */
    private record Gauges(
            MultiGauge gauge,
            Function<String, Tags> tags,
            ToDoubleFunction<UpstreamHealth> value) {}

    private UpstreamMetrics(Serving serving) {
        this.serving = serving;
    }

    static UpstreamMetrics register(MeterRegistry metrics, Serving serving) {
        UpstreamMetrics upstreams = new UpstreamMetrics(serving);
        upstreams.endpoints(metrics, "healthy", UpstreamHealth::healthy);
        upstreams.endpoints(metrics, "ejected", UpstreamHealth::ejected);
        upstreams.endpoints(metrics, "down", UpstreamHealth::down);
        upstreams.add(
                metrics,
                "circuit.open",
                "1 while nothing is sent, since nothing answered, else 0",
                health -> health.circuitOpen() ? 1 : 0);
        upstreams.add(
                metrics,
                "connections",
                "connections that carry a request, or are being made for one",
                UpstreamHealth::inUse);
        upstreams.add(
                metrics, "pending", "requests that wait for a connection", UpstreamHealth::pending);
        upstreams.showWorkspaces();
        return upstreams;
    }

    private void endpoints(
            MeterRegistry metrics, String state, ToDoubleFunction<UpstreamHealth> count) {
        MultiGauge gauge =
                gauge(metrics, "endpoints", "addresses of the upstream, by how they fare");
        all.add(new Gauges(gauge, name -> Tags.of("workspace", name, "state", state), count));
    }

    private void add(
            MeterRegistry metrics,
            String name,
            String description,
            ToDoubleFunction<UpstreamHealth> value) {
        MultiGauge gauge = gauge(metrics, name, description);
        all.add(new Gauges(gauge, workspace -> Tags.of("workspace", workspace), value));
    }

    private static MultiGauge gauge(MeterRegistry metrics, String name, String description) {
        return MultiGauge.builder("stagedoor.upstream." + name)
                .description(description)
                .register(metrics);
    }

    /** Has a gauge for each workspace that is configured now. */
    void showWorkspaces() {
        for (Gauges gauges : all) {
            gauges.gauge()
                    .register(
                            serving.current().exchanges().services().keySet().stream()
                                    .<MultiGauge.Row<?>>map(workspace -> row(gauges, workspace))
                                    .toList(),
                            true);
        }
    }

    private MultiGauge.Row<?> row(Gauges gauges, String workspace) {
        return MultiGauge.Row.of(
                gauges.tags().apply(workspace),
                this,
                upstreams -> upstreams.valueOf(workspace, gauges.value()));
    }

    private double valueOf(String workspace, ToDoubleFunction<UpstreamHealth> value) {
        return Optional.ofNullable(serving.current().exchanges().services().get(workspace))
                .map(Service::upstream)
                .map(upstream -> value.applyAsDouble(upstream.health()))
                .orElse(Double.NaN);
    }
}
