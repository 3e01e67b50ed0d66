package io.stagedoor.proxy.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedleTest {

    @ParameterizedTest
    @CsvSource({
        "daily, x \"name\":\"DAILY\" y, true",
        "daily, x \"name\":\"dail\" y, false",
        "m\u00fcller daily, anna DAILY, true",
        "m\u00fcller daily, m\u00fcller weekly, false",
        "\u00fc, anything, true",
        "abc, ab, false",
        "abc, abc, true",
        "abc, xxabc, true"
    })
    void aLineWithoutTheLongestPlainPartCannotBeMeant(String text, String line, boolean found) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);

        assertThat(Needle.of(text).isIn(bytes, 0, bytes.length)).isEqualTo(found);
    }
}
