package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldedWordsTest {

    @Test
    void findsEveryWordInAnyCaseAndNoOther() {
        List<String> list = IntStream.range(0, 200).mapToObj(i -> "Word" + i).toList();
        FoldedWords words = new FoldedWords(list);

        for (int i = 0; i < list.size(); i++) {
            assertThat(words.indexOf(list.get(i))).isEqualTo(i);
            assertThat(words.indexOf(list.get(i).toUpperCase(Locale.ROOT))).isEqualTo(i);
        }
        assertThat(words.indexOf("word200")).isEqualTo(-1);
        assertThat(words.indexOf("")).isEqualTo(-1);
    }

    @Test
    void findsNothingInAnEmptyList() {
        assertThat(new FoldedWords(List.of()).indexOf("a")).isEqualTo(-1);
    }

    @Test
    void foldsNoLetterOutsideAscii() {
        FoldedWords words = new FoldedWords(List.of("k", "s", "i", "é", "@", "["));

        assertThat(words.indexOf("\u212a")).as("Kelvin sign").isEqualTo(-1);
        assertThat(words.indexOf("\u017f")).as("long s").isEqualTo(-1);
        assertThat(words.indexOf("\u0130")).as("dotted capital i").isEqualTo(-1);
        assertThat(words.indexOf("É")).isEqualTo(-1);
        assertThat(words.indexOf("`")).as("at sign is no letter").isEqualTo(-1);
        assertThat(words.indexOf("{")).as("bracket is no letter").isEqualTo(-1);
    }
}
