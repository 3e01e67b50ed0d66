package io.stagedoor.config.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminConfigTest {

    private static final SectionReader<AdminConfig> READER =
            in -> AdminConfig.read(in, new Setting.Refused<>());

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> READER)
                .optional("host", AdminConfig::host, "127.0.0.1", "'::1'", "::1")
                .optional("port", AdminConfig::port, 9090, "0", 0)
                .optional(
                        "traces",
                        AdminConfig::traces,
                        Optional.empty(),
                        "{collector: 'https://c.example:4318'}",
                        Optional.of(
                                new TracesConfig(
                                        URI.create("https://c.example:4318"),
                                        Optional.empty(),
                                        1,
                                        2_048)))
                .verify();
    }

    @Test
    void warnsOfAnAddressThatOthersReach() {
        assertThat(folder.warnings("host: 0.0.0.0", READER))
                .containsExactly(
                        "1:7: host: health and metrics are open to everyone who reaches `0.0.0.0`");
        assertThat(folder.warnings("host: localhost", READER)).isEmpty();
    }
}
