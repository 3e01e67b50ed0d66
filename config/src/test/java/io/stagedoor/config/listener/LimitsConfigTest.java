package io.stagedoor.config.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsConfigTest {

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> LimitsConfig::read)
                .optional("request_line", LimitsConfig::requestLine, kib(8), "4KiB", kib(4))
                .optional("request_fields", LimitsConfig::requestFields, kib(64), "1MiB", kib(1024))
                .optional("token", LimitsConfig::token, kib(16), "8192B", kib(8))
                .optional("decided_body", LimitsConfig::decidedBody, kib(1024), "2MiB", kib(2048))
                .optional(
                        "inspected_response",
                        LimitsConfig::inspectedResponse,
                        DataSize.ofMebibytes(16),
                        "1MiB",
                        kib(1024))
                .optional("verified_tokens", LimitsConfig::verifiedTokens, 20_000, "1", 1)
                .optional(
                        "duplicate_window",
                        LimitsConfig::duplicateWindow,
                        Duration.ofMinutes(10),
                        "1d",
                        Duration.ofDays(1))
                .optional(
                        "http2",
                        LimitsConfig::http2,
                        new Http2Config(100, 200, 1_000),
                        "{max_streams: 7}",
                        new Http2Config(7, 200, 1_000))
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    request_line: 1MB     | 1:15: request_line: `1MB` is not a size of data
                    request_line: 4096    | 1:15: request_line: `4096` is not a size of data
                    request_line: 1B      | 1:15: request_line: `1B` is not a size from 1KiB to 64KiB
                    request_line: 1MiB    | 1:15: request_line: `1MiB` is not a size from 1KiB to 64KiB
                    request_fields: 16KiB | 1:1: token: a token of this size does not fit into `request_fields`
                    token: 64KiB          | 1:8: token: a token of this size does not fit into `request_fields`
                    """)
    void refuses(String line, String problem) {
        assertThat(folder.problems(line, LimitsConfig::read)).containsExactly(problem);
    }

    private static DataSize kib(int count) {
        return DataSize.ofKibibytes(count);
    }
}
