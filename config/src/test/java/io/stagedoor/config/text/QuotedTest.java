package io.stagedoor.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedTest {

    @ParameterizedTest
    @CsvSource({
        "plain text, `plain text`",
        "größe, `größe`",
        "a\u001b[31mb, `a\\u{1b}[31mb`",
        "a\u202eb, `a\\u{202e}b`",
        "a`b, `a\\u{60}b`",
        "'', ``"
    })
    void showsInputOnOneHarmlessLine(String text, String shown) {
        assertThat(Quoted.of(text)).isEqualTo(shown);
    }

    @Test
    void turnsLineBreaksIntoText() {
        assertThat(Quoted.of("a\r\nb\u2028c")).isEqualTo("`a\\u{d}\\u{a}b\\u{2028}c`");
    }

    @Test
    void cutsLongInputBetweenCodePoints() {
        String smile = "\uD83D\uDE00";

        assertThat(Quoted.of(smile.repeat(80))).isEqualTo("`" + smile.repeat(80) + "`");
        assertThat(Quoted.of(smile.repeat(81))).isEqualTo("`" + smile.repeat(80) + "...`");
    }
}
