package io.stagedoor.config;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamConnectionsConfigTest {

    @Test
    void hasTheseKeysAndDefaults(@TempDir Path temp) {
        KeyTable.of(ConfigFolder.in(temp), () -> UpstreamConnectionsConfig::read)
                .optional(
                        "connect_timeout",
                        UpstreamConnectionsConfig::connectTimeout,
                        Duration.ofSeconds(5),
                        "1m",
                        Duration.ofMinutes(1))
                .optional(
                        "response_timeout",
                        UpstreamConnectionsConfig::responseTimeout,
                        Duration.ofMinutes(2),
                        "1h",
                        Duration.ofHours(1))
                .optional(
                        "idle_timeout",
                        UpstreamConnectionsConfig::idleTimeout,
                        Duration.ofMinutes(1),
                        "10s",
                        Duration.ofSeconds(10))
                .optional(
                        "max_idle_connections",
                        UpstreamConnectionsConfig::maxIdleConnections,
                        256,
                        "16",
                        16)
                .verify();
    }
}
