package io.stagedoor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditConfigTest {

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> AuditConfig::read)
                .optional(
                        "directory",
                        AuditConfig::directory,
                        folder.path("audit"),
                        "a/new/journal",
                        folder.path("a/new/journal"))
                .optional(
                        "segment_size",
                        AuditConfig::segmentSize,
                        DataSize.ofMebibytes(64),
                        "1GiB",
                        DataSize.ofMebibytes(1024))
                .optional(
                        "checkpoint_interval",
                        AuditConfig::checkpointInterval,
                        Duration.ofMinutes(1),
                        "5s",
                        Duration.ofSeconds(5))
                .optional(
                        "sync",
                        AuditConfig::sync,
                        AuditConfig.Sync.STATE_CHANGING,
                        "all",
                        AuditConfig.Sync.ALL)
                .optional(
                        "read_window",
                        AuditConfig::readWindow,
                        Duration.ofSeconds(1),
                        "200ms",
                        Duration.ofMillis(200))
                .verify();
    }

    @Test
    void refusesToSwitchOffWhatStateChangingRequestsNeed() {
        assertThat(folder.problems("sync: none", AuditConfig::read))
                .containsExactly("1:7: sync: `none` is not one of `state_changing`, `all`");
    }

    @Test
    void refusesAFolderThatIsAFile() {
        assertThat(folder.problems("directory: proxy.pem/journal", AuditConfig::read))
                .containsExactly(
                        "1:12: directory: the folder `proxy.pem/journal` cannot be written");
    }
}
