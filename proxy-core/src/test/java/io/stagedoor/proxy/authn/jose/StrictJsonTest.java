package io.stagedoor.proxy.authn.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

    private static boolean isRead(String json) {
        return StrictJson.readObject(json.getBytes(StandardCharsets.UTF_8)).isPresent();
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    @Test
    void readsSixteenLevelsAndNoMore() {
        assertThat(isRead(nested(16))).isTrue();
        assertThat(isRead(nested(17))).isFalse();
        assertThat(isRead("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"256, true", "257, false"})
    void boundsNames(int length, boolean read) {
        assertThat(isRead("{\"" + "n".repeat(length) + "\":1}")).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void boundsNumbers(int digits, boolean read) {
        assertThat(isRead("{\"a\":" + "9".repeat(digits) + "}")).isEqualTo(read);
    }

    @Test
    void boundsTheNumberOfValues() {
        assertThat(isRead("{\"a\":[1" + ",1".repeat(19_000) + "]}")).isTrue();
        assertThat(isRead("{\"a\":[1" + ",1".repeat(20_000) + "]}")).isFalse();
    }

    @Test
    void refusesDoubledNamesAtEveryLevel() {
        assertThat(isRead("{\"a\":1,\"b\":{\"a\":1}}")).isTrue();
        assertThat(isRead("{\"b\":[{\"a\":1,\"a\":1}]}")).isFalse();
        assertThat(isRead("{\"a\":1,\"\\u0061\":1}")).isFalse();
    }

    @Test
    void readsTextsInUtf8() {
        String json = "{\"name\":\"Zo\u00eb \ud83d\ude80\"}";

        assertThat(
                        StrictJson.readObject(json.getBytes(StandardCharsets.UTF_8))
                                .orElseThrow()
                                .path("name")
                                .textValue())
                .isEqualTo("Zo\u00eb \ud83d\ude80");
        assertThat(StrictJson.readObject(json.getBytes(StandardCharsets.UTF_16))).isEmpty();
        assertThat(StrictJson.readObject(json.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }
}
