package io.stagedoor.config.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamConnectionsConfigTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        withPool(withTimeouts(KeyTable.of(folder, () -> UpstreamConnectionsConfig::read)))
                .optional("max_attempts", UpstreamConnectionsConfig::maxAttempts, 3, "1", 1)
                .optional("retry_budget", UpstreamConnectionsConfig::retryBudget, 20, "0", 0)
                .optional("outliers", it -> it.outliers().maxEjected(), 50, "{max_ejected: 0}", 0)
                .optional("circuit", it -> it.circuit().openTime(), s(2), "{open_time: 1s}", SECOND)
                .optional(
                        "health_check",
                        it -> it.healthCheck().isPresent(),
                        false,
                        "{interval: 5s}",
                        true)
                .verify();
    }

    private static KeyTable<UpstreamConnectionsConfig> withTimeouts(
            KeyTable<UpstreamConnectionsConfig> table) {
        return table.optional(
                        "connect_timeout",
                        it -> it.timeouts().connect(),
                        Duration.ofSeconds(5),
                        "1m",
                        Duration.ofMinutes(1))
                .optional(
                        "response_timeout",
                        it -> it.timeouts().response(),
                        Duration.ofMinutes(2),
                        "1h",
                        Duration.ofHours(1))
                .optional(
                        "stall_timeout",
                        it -> it.timeouts().stall(),
                        Duration.ofMinutes(2),
                        "1s",
                        SECOND)
                .optional(
                        "total_timeout",
                        it -> it.timeouts().total(),
                        Duration.ofHours(1),
                        "1d",
                        Duration.ofDays(1));
    }

    private static KeyTable<UpstreamConnectionsConfig> withPool(
            KeyTable<UpstreamConnectionsConfig> table) {
        return table.optional(
                        "idle_timeout",
                        it -> it.pool().idleTimeout(),
                        Duration.ofMinutes(1),
                        "10s",
                        Duration.ofSeconds(10))
                .optional("max_idle_connections", it -> it.pool().maxIdle(), 256, "16", 16)
                .optional("max_connections", it -> it.pool().maxInUse(), 1024, "7", 7)
                .optional("max_pending", it -> it.pool().maxPending(), 1024, "0", 0)
                .optional(
                        "pending_timeout",
                        it -> it.pool().pendingTimeout(),
                        Duration.ofSeconds(5),
                        "1s",
                        SECOND);
    }

    @Test
    void outliersHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> OutliersConfig::read)
                .optional("consecutive_failures", OutliersConfig::consecutiveFailures, 5, "3", 3)
                .optional("window", OutliersConfig::window, s(30), "1s", SECOND)
                .optional("ejection_time", OutliersConfig::ejectionTime, s(10), "1s", SECOND)
                .optional(
                        "max_ejection_time", OutliersConfig::maxEjectionTime, s(300), "10s", s(10))
                .optional("max_ejected", OutliersConfig::maxEjected, 50, "100", 100)
                .verify();
    }

    @Test
    void circuitHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> CircuitConfig::read)
                .optional("consecutive_failures", CircuitConfig::consecutiveFailures, 10, "3", 3)
                .optional("open_time", CircuitConfig::openTime, s(2), "1s", SECOND)
                .optional("max_open_time", CircuitConfig::maxOpenTime, s(30), "5s", s(5))
                .verify();
    }

    @Test
    void healthCheckHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> HealthCheckConfig::read)
                .optional(
                        "path",
                        HealthCheckConfig::path,
                        Optional.empty(),
                        "/a?b=c",
                        Optional.of("/a?b=c"))
                .optional("status", HealthCheckConfig::status, 200, "204", 204)
                .optional("interval", HealthCheckConfig::interval, s(10), "5s", s(5))
                .optional("timeout", HealthCheckConfig::timeout, s(2), "1s", SECOND)
                .optional("unhealthy_after", HealthCheckConfig::unhealthyAfter, 3, "1", 1)
                .optional("healthy_after", HealthCheckConfig::healthyAfter, 2, "1", 1)
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    max_attempts: 0 | 1:15: max_attempts: `0` is not a number from 1 to 10
                    max_connections: 0 | 1:18: max_connections: `0` is not a number from 1 to 65535
                    circuit: {open_time: 1m} | 1:10: circuit.max_open_time: it is shorter than `open_time`
                    outliers: {ejection_time: 10m} | 1:11: outliers.max_ejection_time: it is shorter than `ejection_time`
                    health_check: {timeout: 20s} | 1:25: health_check.timeout: a check would not be over when the next one begins
                    health_check: {path: a b} | 1:22: health_check.path: `a b` is not a path with its query
                    """)
    void refuses(String line, String problem) {
        assertThat(folder.problems(line, UpstreamConnectionsConfig::read)).containsExactly(problem);
    }

    private static Duration s(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
