package io.stagedoor.proxy.directory.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after         | 7                             | PT7S",
                "retry-after         | ' 120 '                       | PT2M",
                "retry-after         | Sun, 01 Mar 2026 08:00:30 GMT | PT30S",
                "retry-after-ms      | 250                           | PT0.25S",
                "x-ms-retry-after-ms | 1500                          | PT1.5S"
            })
    void readsEachForm(String field, String value, Duration wait) {
        assertThat(RetryAfter.of(fields(Map.of(field, value)), NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-5",
                "1.5",
                "0",
                "99999999999999999999",
                "Sun, 01 Mar 2026 08:00:00 GMT",
                "Sun, 01 Mar 2020 08:00:00 GMT"
            })
    void asksForNothingWhenUnreadableOrPast(String value) {
        assertThat(RetryAfter.of(fields(Map.of("retry-after", value)), NOW)).isEmpty();
    }

    @Test
    void prefersMilliseconds() {
        Map<String, String> both = Map.of("retry-after", "9", "retry-after-ms", "10");

        assertThat(RetryAfter.of(fields(both), NOW)).contains(Duration.ofMillis(10));
    }

    private static HttpHeaders fields(Map<String, String> fields) {
        Map<String, List<String>> lists = new java.util.HashMap<>();
        fields.forEach((name, value) -> lists.put(name, List.of(value)));
        return HttpHeaders.of(lists, (_, _) -> true);
    }
}
