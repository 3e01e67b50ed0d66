package io.stagedoor.config.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Http2ConfigTest {

    @TempDir Path temp;

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(ConfigFolder.in(temp), () -> Http2Config::read)
                .optional("max_streams", Http2Config::maxStreams, 100, "1", 1)
                .optional("max_resets", Http2Config::maxResets, 200, "20", 20)
                .optional("max_control_frames", Http2Config::maxControlFrames, 1_000, "10", 10)
                .verify();
    }

    @Test
    void refusesNoStreamsAtAll() {
        assertThat(ConfigFolder.in(temp).problems("max_streams: 0", Http2Config::read))
                .containsExactly("1:14: max_streams: `0` is not a number from 1 to 10000");
    }
}
