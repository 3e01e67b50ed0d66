package io.stagedoor.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KEYS =
            List.of("poll_interval", "max_age", "from", "host", "hosts");

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "'', abc, 3",
        "abc, '', 3",
        "abc, abd, 1",
        "abc, ab, 1",
        "abc, abcd, 1",
        "abc, bac, 1",
        "ca, abc, 3",
        "kitten, sitting, 3"
    })
    void countsEdits(String left, String right, int edits) {
        assertThat(Spelling.distance(left, right)).isEqualTo(edits);
        assertThat(Spelling.distance(right, left)).isEqualTo(edits);
    }

    @ParameterizedTest
    @CsvSource({
        "pollInterval, poll_interval",
        "POLL-INTERVAL, poll_interval",
        "pol_intervall, poll_interval",
        "maxage, max_age",
        "form, from",
        "hots, host",
        "hostss, hosts"
    })
    void findsTheWordThatWasMeant(String word, String meant) {
        assertThat(Spelling.nearest(word, KEYS)).contains(meant);
    }

    @Test
    void guessesNothingWhereNothingIsNear() {
        assertThat(Spelling.nearest("certificate", KEYS)).isEmpty();
        assertThat(Spelling.nearest("x", KEYS)).isEmpty();
        assertThat(Spelling.nearest("", KEYS)).isEmpty();
        assertThat(Spelling.nearest("host".repeat(20), KEYS)).isEmpty();
        assertThat(Spelling.nearest("host", List.of())).isEmpty();
    }
}
