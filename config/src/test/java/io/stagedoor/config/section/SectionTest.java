package io.stagedoor.config.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.text.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SectionTest {

    private static final Kind<String> WORD =
            Kinds.text("a word", "blue", Pattern.compile("[a-z]+"));

    private record Inner(int size) {}

    private record Sample(String name, Set<String> tags, Inner inner, List<Inner> all) {}

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    private static Optional<Inner> inner(Section in) {
        Setting<Integer> size = in.optional("size", Kinds.number(1, 9), 3);
        return in.build(() -> new Inner(size.value()));
    }

    private static Optional<Sample> sample(Section in) {
        Setting<String> name = in.required("name", WORD);
        Setting<Set<String>> tags = in.requiredSet("tags", WORD);
        Setting<Inner> inner = in.section("inner", SectionTest::inner);
        Setting<List<Inner>> all = in.sections("all", SectionTest::inner, 1);
        return in.build(() -> new Sample(name.value(), tags.value(), inner.value(), all.value()));
    }

    @Test
    void readsAWholeTreeAndKeepsTheOrderOfLists() {
        String text = "name: a\ntags: [d, c, b, a]\nall:\n  - {size: 2}\n  - \n  - {size: 1}\n";

        Sample sample = folder.read(text, SectionTest::sample).value().orElseThrow();

        assertThat(sample.name()).isEqualTo("a");
        assertThat(sample.tags()).containsExactly("d", "c", "b", "a");
        assertThat(sample.inner()).isEqualTo(new Inner(3));
        assertThat(sample.all()).containsExactly(new Inner(2), new Inner(3), new Inner(1));
    }

    @Test
    void saysEverythingThatIsMissingAtOnce() {
        assertThat(folder.problems("inner: {}", SectionTest::sample))
                .containsExactly("1:1: name: missing", "1:1: tags: missing", "1:1: all: missing");
        assertThat(folder.problems("", SectionTest::sample)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    name: | 1:6: name: no value is given, expected a word
                    name: ~ | 1:7: name: no value is given, expected a word
                    name: null | 1:7: name: no value is given, expected a word
                    name: [a] | 1:7: name: expected a word, found a list
                    name: {a: b} | 1:7: name: expected a word, found a mapping
                    tags: a | 1:7: tags: expected a list, each a word, found a single value
                    tags: | 1:6: tags: expected a list, each a word, found nothing
                    tags: [] | 1:7: tags: the list is empty
                    tags: [a, A] | 1:11: tags[1]: `A` is not a word
                    tags: [a, [b]] | 1:11: tags[1]: expected a word, found a list
                    tags: [a, b, a] | 1:14: tags[2]: this value is repeated
                    inner: 3 | 1:8: inner: expected a section of keys, found a single value
                    inner: [] | 1:8: inner: expected a section of keys, found a list
                    inner: {size: 0} | 1:15: inner.size: `0` is not a number from 1 to 9
                    inner: {siz: 1} | 1:9: unknown key `siz` in inner; did you mean `size`?
                    all: {} | 1:6: all: expected a list of sections, each after `- `, found a mapping
                    all: | 1:5: all: expected a list of sections, each after `- `, found nothing
                    all: [] | 1:6: all: the list is empty
                    all: [{}, 3] | 1:11: all[1]: expected a section of keys, found a single value
                    all: [{}, {size: x}] | 1:18: all[1].size: `x` is not a number from 1 to 9
                    nam: a | 1:1: unknown key `nam` at the top; did you mean `name`?
                    zzz: a | 1:1: unknown key `zzz` at the top
                    name: *a | 1:7: the alias `a` is not allowed
                    """)
    void saysWhatIsWrongAndWhere(String line, String problem) {
        assertThat(folder.problems(line, SectionTest::sample)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource({"[a]", "a"})
    void refusesAFileThatIsNoMapping(String text) {
        assertThat(folder.problems(text, SectionTest::sample))
                .singleElement()
                .asString()
                .startsWith("1:1: the file must be a mapping of keys, found ");
    }

    @Test
    void saysNothingMoreAboutWhatWasRefused() {
        assertThat(folder.problems("name: a\ntags: *t\nall: *b\ninner: *c\n", SectionTest::sample))
                .hasSize(3)
                .allMatch(problem -> problem.contains("the alias"));
        assertThat(folder.problems("*a", SectionTest::sample)).hasSize(1);
    }

    @Test
    void helpsWithEveryProblem() {
        assertThat(folder.read("nam: a\ntags: {}", SectionTest::sample).problems())
                .extracting("help")
                .containsExactly(
                        "add `name: blue`",
                        "add a list `all:` with at least one entry",
                        "known here: `name`, `tags`, `inner`, `all`",
                        "check the indentation and the dashes");
    }

    @Test
    void listsTheKeysOfAReader() {
        assertThat(Reading.keysOf(SectionTest::sample))
                .containsExactly(
                        new KnownKey("name", "a word", true, Optional.empty()),
                        new KnownKey("tags", "a list, each a word", true, Optional.empty()),
                        new KnownKey("inner", "a section", false, Optional.empty()),
                        new KnownKey("inner.size", "a number from 1 to 9", false, Optional.of("3")),
                        new KnownKey("all", "a list of sections", true, Optional.empty()),
                        new KnownKey(
                                "all[].size", "a number from 1 to 9", false, Optional.of("3")));
    }

    @Test
    void saysWhenTheFileIsNotThereOrNoFile() {
        assertThat(Loaded.read(folder.path("gone.yaml"), SectionTest::sample).problems())
                .singleElement()
                .hasToString(
                        folder.path("gone.yaml")
                                + ":1:1: the file does not exist\n  help: check its path");
        assertThat(Loaded.read(temp, SectionTest::sample).problems())
                .singleElement()
                .asString()
                .contains("the file cannot be read");
    }

    @Test
    void aRefusedSettingHasNoValue() {
        Setting<String> refused = new Setting.Refused<>();

        assertThat(refused.map(String::length).isGood()).isFalse();
        assertThat(new Setting.Good<>("abc", Position.START).map(String::length).value())
                .isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(refused::value);
    }
}
