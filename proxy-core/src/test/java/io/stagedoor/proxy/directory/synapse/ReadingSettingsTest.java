package io.stagedoor.proxy.directory.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingSettingsTest {

    @Test
    void hasDefaultsForAMillionAssignments() {
        assertThat(ReadLimits.defaults())
                .isEqualTo(
                        new ReadLimits(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(5),
                                32 * 1024 * 1024,
                                10_000,
                                1_000_000,
                                4));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1, 1", "PT-1S, 1, 1", "PT1S, 0, 1", "PT1S, 1, 0", "PT1S, 1, -1"})
    void takesNoLimitThatLetsNothingThrough(Duration time, int pages, int attempts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadLimits(time, time, time, 1, pages, 1, attempts));
    }

    @Test
    void readsTheAuthoritiesOfAFile() throws Exception {
        assertThat(WorkspaceTrust.of(LoopbackCertificate.localhost().pem()).getProtocol())
                .isEqualTo("TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
    void takesNoFileWithoutAuthorities(String content, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), content);

        assertThatThrownBy(() -> WorkspaceTrust.of(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("`" + file + "`");
    }

    @Test
    void waitsAsLongAsItIsToldUnlessEnded() throws Exception {
        Pause pause = Pause.real();
        long before = System.nanoTime();

        assertThat(pause.last(Duration.ofMillis(30))).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThan(Duration.ofMillis(29));
        pause.end();

        assertThat(pause.last(Duration.ofDays(1))).isFalse();
    }
}
