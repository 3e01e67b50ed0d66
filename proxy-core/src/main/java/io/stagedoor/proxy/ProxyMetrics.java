package io.stagedoor.proxy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.directory.DirectoryHealth;
import io.stagedoor.proxy.directory.groups.GroupHealth;
import io.stagedoor.proxy.listener.Listener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalLong;

/** The gauges of the proxy's parts. */
final class ProxyMetrics {

    private final Serving serving;
    private final MultiGauge ages;
    private final MultiGauge groupAges;

    private ProxyMetrics(Serving serving, MultiGauge ages, MultiGauge groupAges) {
        this.serving = serving;
        this.ages = ages;
        this.groupAges = groupAges;
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
        FunctionCounter.builder(
                        "stagedoor.audit.records", audit, trail -> trail.health().durableSeq())
                .description("audit records on disk")
                .register(metrics);
        Gauge.builder("stagedoor.audit.index.lag", audit, ProxyMetrics::indexLag)
                .description("audit records that cannot be searched yet; NaN if unknown")
                .register(metrics);
        ProxyMetrics all =
                new ProxyMetrics(
                        serving,
                        MultiGauge.builder("stagedoor.assignments.age")
                                .description(
                                        "seconds since the role assignments were read; NaN if"
                                                + " never")
                                .baseUnit("seconds")
                                .register(metrics),
                        MultiGauge.builder("stagedoor.groups.age")
                                .description(
                                        "seconds since a directory last told anybody's groups; NaN"
                                                + " if never")
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
        groupAges.register(
                serving.current().directory().groupHealth().stream()
                        .map(GroupHealth::directory)
                        .<MultiGauge.Row<?>>map(
                                directory ->
                                        MultiGauge.Row.of(
                                                Tags.of("directory", directory),
                                                this,
                                                all -> all.groupAgeOf(directory)))
                        .toList(),
                true);
    }

    private static double isWritable(AuditTrail audit) {
        return audit.health().status() == TrailHealth.Status.RED ? 0 : 1;
    }

    private static double indexLag(AuditTrail audit) {
        OptionalLong lag = audit.health().indexLag();
        return lag.isPresent() ? (double) lag.getAsLong() : Double.NaN;
    }

    private double groupAgeOf(String directory) {
        return serving.current().directory().groupHealth().stream()
                .filter(health -> health.directory().equals(directory))
                .findFirst()
                .flatMap(GroupHealth::answeredAt)
                .map(
                        at ->
                                (double)
                                        Duration.between(at, InstantSource.system().instant())
                                                .toSeconds())
                .orElse(Double.NaN);
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
