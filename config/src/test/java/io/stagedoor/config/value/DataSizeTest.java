package io.stagedoor.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0B, 0, 0B",
        "1B, 1, 1B",
        "1023B, 1023, 1023B",
        "1024B, 1024, 1KiB",
        "8KiB, 8192, 8KiB",
        "64MiB, 67108864, 64MiB",
        "1024MiB, 1073741824, 1GiB",
        "3GiB, 3221225472, 3GiB",
        "999999999GiB, 1073741822926258176, 999999999GiB"
    })
    void readsAndShows(String text, long bytes, String shown) {
        DataSize size = DataSize.find(text).orElseThrow();

        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(shown);
        assertThat(DataSize.find(shown)).contains(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1kb",
                "1MB",
                "1 MiB",
                "-1B",
                "1.5MiB",
                "1mib",
                "MiB",
                "9999999999B"
            })
    void refuses(String text) {
        assertThat(DataSize.find(text)).isEmpty();
    }

    @Test
    void isAnIntOnlyIfItFits() {
        assertThat(DataSize.ofKibibytes(2).toIntExact()).isEqualTo(2048);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> DataSize.ofMebibytes(2048).toIntExact());
        assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1));
    }
}
