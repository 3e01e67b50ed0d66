package io.stagedoor.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlReaderTest {

    static List<Arguments> refusals() {
        return List.of(
                Arguments.of(
                        "a: 1\nb: 2\na: 3\n",
                        "3:1: the key `a` is repeated; it stands first at 1:1"),
                Arguments.of(
                        "a: {b: 1, \"b\": 2}",
                        "1:11: the key `b` is repeated; it stands first at 1:5"),
                Arguments.of("a: &x 1\n", "1:4: the anchor `x` is not allowed"),
                Arguments.of("a: &x {b: 1}\n", "1:4: the anchor `x` is not allowed"),
                Arguments.of("a: *x\n", "1:4: the alias `x` is not allowed"),
                Arguments.of("<<: *x\nb: 1\n", "1:5: the alias `x` is not allowed"),
                Arguments.of(
                        "a: !!int '1'\n", "1:4: the tag `tag:yaml.org,2002:int` is not allowed"),
                Arguments.of("a: ! b\n", "1:4: the tag `!` is not allowed"),
                Arguments.of(
                        "a: !!javax.script.ScriptEngineManager [x]\n",
                        "1:4: the tag `tag:yaml.org,2002:javax.script.ScriptEngineManager` is not"
                                + " allowed"),
                Arguments.of("? [a, b]\n: 1\n", "1:3: a list may not be a key"),
                Arguments.of("? {a: b}\n: 1\n", "1:3: a mapping may not be a key"),
                Arguments.of("a: 1\n---\nb: 2\n", "2:1: a second document starts here"),
                Arguments.of(
                        "a: [1, 2\nb: 3\n",
                        "2:2: this is not YAML: expected ',' or ']', but got :"),
                Arguments.of("a: 'open\n", "2:1: this is not YAML: found unexpected end of stream"),
                Arguments.of(
                        "a:\n\t- b\n",
                        "2:1: this is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
                Arguments.of(
                        "a: b: c\n", "1:5: this is not YAML: mapping values are not allowed here"),
                Arguments.of(
                        "a: 1\u0007\n", "1:5: the character with code 7 may not stand in YAML"),
                Arguments.of(
                        "é\uD83D\uDE00: [\u0000]",
                        "1:6: the character with code 0 may not stand in YAML"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(String text, String problem) {
        assertThat(problems(text.getBytes(StandardCharsets.UTF_8))).containsExactly(problem);
    }

    @Test
    void refusesBytesThatAreNotUtf8AndSaysWhere() {
        byte[] latin = "a: b\nc: gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(problems(latin))
                .containsExactly("2:6: the file is not UTF-8: a byte here belongs to no character");
    }

    @Test
    void refusesHalfACharacterAtTheEnd() {
        byte[] cut = {'a', ':', ' ', (byte) 0xc3};

        assertThat(problems(cut))
                .containsExactly("1:4: the file is not UTF-8: a byte here belongs to no character");
    }

    @Test
    void refusesUtf16() {
        assertThat(problems("a: 1".getBytes(StandardCharsets.UTF_16)))
                .containsExactly("1:1: the file is not UTF-8: a byte here belongs to no character");
    }

    @Test
    void refusesMoreThanOneMebibyteAndTakesExactlyThat() {
        String most = "a: " + "x".repeat(YamlReader.MAX_BYTES - 3);

        assertThat(problems(bytes(most))).isEmpty();
        assertThat(problems(bytes(most + "x")))
                .containsExactly("1:1: the file is larger than the 1 MiB allowed");
    }

    @Test
    void refusesDeepNestingWithoutFollowingIt() {
        String deep = "[".repeat(500_000) + "]".repeat(500_000);

        assertThat(problems(bytes(deep)))
                .containsExactly("1:33: this is nested deeper than 32 levels");
    }

    @Test
    void keepsReadingAfterWhatItRefuses() {
        String text = "a: &x 1\nb: *x\nc: !t 2\na: 3\n---\n";

        assertThat(problems(bytes(text)))
                .containsExactly(
                        "1:4: the anchor `x` is not allowed",
                        "2:4: the alias `x` is not allowed",
                        "3:4: the tag `!t` is not allowed",
                        "4:1: the key `a` is repeated; it stands first at 1:1",
                        "5:1: a second document starts here");
    }

    @Test
    void knowsWhereEachNodeStands() {
        String text = "# text\n\uD83D\uDE00é: [x,  'y']\nb:\n  - c: |\n      d\n";

        assertThat(read(text))
                .contains(
                        mapping(
                                at(2, 1),
                                entry(
                                        "\uD83D\uDE00é",
                                        at(2, 1),
                                        list(
                                                at(2, 5),
                                                plain("x", at(2, 6)),
                                                quoted("y", at(2, 10)))),
                                entry(
                                        "b",
                                        at(3, 1),
                                        list(
                                                at(4, 3),
                                                mapping(
                                                        at(4, 5),
                                                        entry(
                                                                "c",
                                                                at(4, 5),
                                                                quoted("d\n", at(4, 8))))))));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"", "# nothing\n", "\n\n", "\uFEFF"})
    void readsAnEmptyFileAsAnEmptyMapping(String text) {
        assertThat(read(text)).contains(YamlNode.Mapping.empty(Position.START));
    }

    @Test
    void takesAByteOrderMarkAndLineEndsOfAllKinds() {
        assertThat(read("\uFEFFa: 1\r\nb: 2\rc: 3"))
                .contains(
                        mapping(
                                at(1, 1),
                                entry("a", at(1, 1), plain("1", at(1, 4))),
                                entry("b", at(2, 1), plain("2", at(2, 4))),
                                entry("c", at(3, 1), plain("3", at(3, 4)))));
    }

    private static Optional<YamlNode> read(String text) {
        Problems problems = new Problems("f");
        Optional<YamlNode> node = YamlReader.read(bytes(text), problems);
        assertThat(problems.found()).isEmpty();
        return node;
    }

    private static List<String> problems(byte[] bytes) {
        Problems problems = new Problems("f");
        YamlReader.read(bytes, problems);
        assertThat(problems.found()).allMatch(it -> !it.help().isBlank());
        return problems.found().stream()
                .map(it -> it.line() + ":" + it.column() + ": " + it.message())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Position at(int line, int column) {
        return new Position(line, column);
    }

    private static YamlNode plain(String text, Position at) {
        return new YamlNode.Scalar(text, true, at);
    }

    private static YamlNode quoted(String text, Position at) {
        return new YamlNode.Scalar(text, false, at);
    }

    private static YamlNode list(Position at, YamlNode... items) {
        return new YamlNode.Sequence(List.of(items), at);
    }

    private record NamedEntry(String name, YamlNode.Entry entry) {}

    private static NamedEntry entry(String name, Position at, YamlNode value) {
        return new NamedEntry(name, new YamlNode.Entry(at, value));
    }

    private static YamlNode mapping(Position at, NamedEntry... entries) {
        var map = new java.util.LinkedHashMap<String, YamlNode.Entry>();
        for (NamedEntry entry : entries) {
            map.put(entry.name(), entry.entry());
        }
        return new YamlNode.Mapping(map, at);
    }
}
