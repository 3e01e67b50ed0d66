package io.stagedoor.proxy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.DirectoryHealth;
import io.stagedoor.proxy.listener.Listener;
import java.time.Duration;
import java.util.OptionalLong;

/** The gauges of the proxy's parts. */
final class ProxyMetrics {

    private ProxyMetrics() {}

    static void register(
            MeterRegistry metrics, Listener listener, AuditTrail audit, Directory directory) {
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
        for (DirectoryHealth workspace : directory.health()) {
            registerWorkspace(metrics, directory, workspace.workspace());
        }
    }

    private static void registerWorkspace(
            MeterRegistry metrics, Directory directory, String workspace) {
        Gauge.builder("stagedoor.assignments.age", directory, all -> ageOf(all, workspace))
                .description("seconds since the role assignments were read; NaN if never")
                .baseUnit("seconds")
                .tag("workspace", workspace)
                .register(metrics);
    }

    private static double isWritable(AuditTrail audit) {
        return audit.health().status() == TrailHealth.Status.RED ? 0 : 1;
    }

    private static double indexLag(AuditTrail audit) {
        OptionalLong lag = audit.health().indexLag();
        return lag.isPresent() ? (double) lag.getAsLong() : Double.NaN;
    }

    private static double ageOf(Directory directory, String workspace) {
        return directory.health().stream()
                .filter(health -> health.workspace().equals(workspace))
                .findFirst()
                .flatMap(DirectoryHealth::age)
                .map(Duration::toSeconds)
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }
}
