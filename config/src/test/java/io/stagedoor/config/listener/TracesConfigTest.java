package io.stagedoor.config.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesConfigTest {

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> TracesConfig::read)
                .required(
                        "collector",
                        "https://c.example:4318",
                        TracesConfig::collector,
                        URI.create("https://c.example:4318"))
                .optional(
                        "trusted_certificates",
                        TracesConfig::trustedCertificates,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .optional("percent", TracesConfig::percent, 1, "100", 100)
                .optional("queue", TracesConfig::queue, 2_048, "64", 64)
                .verify();
    }

    @Test
    void spansCrossTheNetworkProtected() {
        assertThat(folder.problems("collector: http://c.example:4318", TracesConfig::read))
                .singleElement()
                .asString()
                .contains("is not protected");
        assertThat(folder.problems("collector: http://127.0.0.1:4318", TracesConfig::read))
                .isEmpty();
    }
}
