package io.stagedoor.config.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsConfigTest {

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        peers(KeyTable.of(folder, () -> ClientsConfig::read))
                .optional(
                        "max_connections_per_address",
                        ClientsConfig::maxConnectionsPerAddress,
                        1_000,
                        "7",
                        7)
                .optional("max_exchanges", ClientsConfig::maxExchanges, 10_000, "7", 7)
                .optional("max_fields", ClientsConfig::maxFields, 100, "8", 8)
                .optional(
                        "body_timeout",
                        clients -> clients.body().timeout(),
                        Duration.ofSeconds(30),
                        "1s",
                        Duration.ofSeconds(1))
                .optional(
                        "least_body_rate",
                        clients -> clients.body().leastRate(),
                        DataSize.ofKibibytes(1),
                        "2KiB",
                        DataSize.ofKibibytes(2))
                .optional(
                        "requests_per_second",
                        clients -> clients.rate().requestsPerSecond(),
                        0,
                        "5",
                        5)
                .optional("burst", clients -> clients.rate().burst(), 100, "5", 5)
                .verify();
    }

    private static KeyTable<ClientsConfig> peers(KeyTable<ClientsConfig> table) {
        return table.optional(
                        "proxy_protocol_from",
                        ClientsConfig::proxyProtocolFrom,
                        Set.of(),
                        "[10.0.0.0/8]",
                        Set.of("10.0.0.0/8"))
                .optional(
                        "forwarded_from",
                        ClientsConfig::forwardedFrom,
                        Set.of(),
                        "['::1']",
                        Set.of("::1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    forwarded_from: [10.0.0.0/33]  | 1:18: forwarded_from[0]: `10.0.0.0/33` is not a network
                    forwarded_from: [lb.example]   | 1:18: forwarded_from[0]: `lb.example` is not a network
                    forwarded_from: [10.0.0.0/8/8] | 1:18: forwarded_from[0]: `10.0.0.0/8/8` is not a network
                    max_fields: 7                  | 1:13: max_fields: `7` is not a number from 8 to 1000
                    """)
    void refuses(String line, String problem) {
        assertThat(folder.problems(line, ClientsConfig::read)).containsExactly(problem);
    }
}
