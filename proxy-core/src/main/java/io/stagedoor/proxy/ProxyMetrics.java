package io.stagedoor.proxy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.directory.DirectoryHealth;
import io.stagedoor.proxy.listener.Listener;
import java.time.Duration;

/** The gauges of the proxy's parts. */
final class ProxyMetrics {

    private final Serving serving;
    private final MultiGauge ages;

    private ProxyMetrics(Serving serving, MultiGauge ages) {
        this.serving = serving;
        this.ages = ages;
    }

    static ProxyMetrics register(
            MeterRegistry metrics, Listener listener, AuditTrail audit, Serving serving) {
        Gauge.builder("stagedoor.client.connections", listener, Listener::openConnections)
                .description("open client connections")
                .register(metrics);
        Gauge.builder("stagedoor.audit.queued", audit, trail -> trail.health().queued())
                .description("audit events that are not on disk yet")
                .register(metrics);
        Gauge.builder("stagedoor.audit.writable", audit, ProxyMetrics::isWritable)
                .description("1 while audit events reach the disk, else 0")
                .register(metrics);
        ProxyMetrics all =
                new ProxyMetrics(
                        serving,
                        MultiGauge.builder("stagedoor.assignments.age")
                                .description(
                                        "seconds since the role assignments were read; NaN if"
                                                + " never")
                                .baseUnit("seconds")
                                .register(metrics));
        all.showWorkspaces();
        return all;
    }

    /** Has a gauge for each workspace that is configured now. */
    void showWorkspaces() {
        ages.register(
                serving.current().directory().health().stream()
                        .map(DirectoryHealth::workspace)
                        .<MultiGauge.Row<?>>map(
                                workspace ->
                                        MultiGauge.Row.of(
                                                Tags.of("workspace", workspace),
                                                this,
                                                all -> all.ageOf(workspace)))
                        .toList(),
                true);
    }

    private static double isWritable(AuditTrail audit) {
        return audit.health().status() == TrailHealth.Status.RED ? 0 : 1;
    }

    private double ageOf(String workspace) {
        return serving.current().directory().health().stream()
                .filter(health -> health.workspace().equals(workspace))
                .findFirst()
                .flatMap(DirectoryHealth::age)
                .map(Duration::toSeconds)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }
}
