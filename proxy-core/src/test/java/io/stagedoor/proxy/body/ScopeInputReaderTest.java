package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeInputReaderTest {

    private static final ScopeInputReader READER =
            new ScopeInputReader(ScopeInputReader.DEFAULT_LIMIT);
    private static final String POOL = "/properties/targetBigDataPool/referenceName";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"sparkPool\":\"p1\"}|p1",
                " {\"a\":[{\"sparkPool\":\"no\"},1],\"sparkPool\" : \"p1\"} \t|p1",
                "{\"spark\\u0050ool\":\"\\u0070\\u0031\"}|p1",
                "{\"sparkPool\":\"a/b é\"}|a/b é",
                "{\"properties\":{\"sparkPool\":\"no\"},\"sparkPool\":\"p1\"}|p1",
            })
    void readsTheStringAtAPointer(String body, String value) throws RefusedException {
        assertThat(read(body, "/sparkPool")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sparkPool\":null}",
                "{\"other\":1}",
                "{\"a\":{\"sparkPool\":\"p\"}}",
                "{\"a\":{\"SparkPool\":\"p\"}}",
            })
    void saysThatAFieldIsAbsent(String body) throws RefusedException {
        assertThat(read(body, "/sparkPool")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"properties\":{\"targetBigDataPool\":{\"referenceName\":\"p\"}}}|p",
                "{\"properties\":{\"targetBigDataPool\":{\"type\":\"x\"}}}|",
                "{\"properties\":{\"targetBigDataPool\":null}}|",
                "{\"properties\":[]}|",
                "{\"properties\":\"x\"}|",
            })
    void walksNestedObjects(String body, String value) throws RefusedException {
        assertThat(read(body, POOL)).isEqualTo(Optional.ofNullable(value));
    }

    @Test
    void readsSeveralFieldsInOnePass() throws RefusedException {
        Map<String, String> values =
                readAll(
                        READER,
                        bytes("{\"notebook\":\"n\",\"a~b/c\":\"x\"}"),
                        Set.of("/notebook", "/sparkPool", "/a~0b~1c"));

        assertThat(values)
                .isEqualTo(
                        Map.of(
                                "/notebook", "n",
                                "/a~0b~1c", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"sparkPool\"",
                "{",
                "{\"sparkPool\":\"p\"",
                "{\"sparkPool\":\"p\"}x",
                "{\"sparkPool\":\"p\"}{}",
                "{\"sparkPool\":\"p1\",\"sparkPool\":\"p2\"}",
                "{\"sparkPool\":\"p1\",\"spark\\u0050ool\":\"p2\"}",
                "{\"sparkPool\":\"p1\",\"SparkPool\":\"p2\"}",
                "{\"SPARKPOOL\":\"p2\"}",
                "{\"a\":{\"b\":1,\"b\":2},\"sparkPool\":\"p\"}",
                "{\"a\":[{\"b\":1,\"b\":2}],\"sparkPool\":\"p\"}",
                "{\"sparkPool\":7}",
                "{\"sparkPool\":true}",
                "{\"sparkPool\":{\"value\":\"p\",\"type\":\"Expression\"}}",
                "{\"sparkPool\":[\"p\"]}",
                "{\"sparkPool\":\"a\\u0000b\"}",
                "{\"sparkPool\":\"a\\nb\"}",
                "{\"sparkPool\":\"\\ud800\"}",
                "{'sparkPool':'p'}",
                "{sparkPool:\"p\"}",
                "{\"sparkPool\":\"p\",}",
                "{\"sparkPool\":\"p\"} // x",
                "\ufeff{\"sparkPool\":\"p\"}",
                "{\"x\":NaN,\"sparkPool\":\"p\"}",
            })
    void refusesABodyThatAnotherReaderMayReadDifferently(String body) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> read(body, "/sparkPool"));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
        assertThat(refused.getMessage()).doesNotContain("p1", "p2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "ff", "eda080", "e9", "f5808080"})
    void refusesOctetsThatAreNotUtf8(String hex) {
        byte[] bad = java.util.HexFormat.of().parseHex("7b2261223a22" + hex + "227d");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> readAll(READER, bad, Set.of("/a")))
                .withMessageContaining("not UTF-8");
    }

    @Test
    void refusesUtf16ThatAParserMayDetect() {
        byte[] body = "{\"sparkPool\":\"p\"}".getBytes(StandardCharsets.UTF_16LE);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> readAll(READER, body, Set.of("/sparkPool")));
    }

    @ParameterizedTest
    @CsvSource({"63, true", "64, false", "100000, false"})
    void boundsTheDepth(int depth, boolean accepted) {
        String body = "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> read(body, "/sparkPool"));

        assertThat(refused == null).isEqualTo(accepted);
    }

    @Test
    void boundsTheSize() throws RefusedException {
        ScopeInputReader small = new ScopeInputReader(20);
        byte[] fits = bytes("{\"a\":\"bcdefghijklm\"}");
        byte[] tooLong = bytes("{\"a\":\"bcdefghijklmn\"}");

        assertThat(fits).hasSize(small.limit());
        assertThat(readAll(small, fits, Set.of("/a"))).containsKey("/a");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> readAll(small, tooLong, Set.of("/a")));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> small.checkHead(head("Content-Length", "21"), Platform.SYNAPSE));
        small.checkHead(head("Content-Length", "20"), Platform.SYNAPSE);
        small.checkHead(head("Transfer-Encoding", "chunked"), Platform.SYNAPSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Type|text/plain",
                "Content-Type|application/json; charset=utf-16",
                "Content-Type|application/x-www-form-urlencoded",
                "Content-Type|",
                "Content-Encoding|gzip",
                "Content-Encoding|identity, gzip",
            })
    void refusesABodyItCannotReadByItsHead(String name, String value) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () ->
                                READER.checkHead(
                                        RequestHead.parse(
                                                "POST",
                                                "/a",
                                                Fields.of(
                                                        "Host",
                                                        "h",
                                                        "Content-Length",
                                                        "2",
                                                        name,
                                                        value == null ? "" : value)),
                                        Platform.SYNAPSE));
    }

    @Test
    void refusesTwoMediaTypesAndAMissingBody() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () ->
                                READER.checkHead(
                                        head("Content-Length", "2", "Content-Type", "a/b"),
                                        Platform.SYNAPSE));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> READER.checkHead(head("Content-Length", "0"), Platform.SYNAPSE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"properties\":{\"targetBigDataPool\":{\"referenceName\":\"p\"}}}|text",
                "{\"properties\":{\"targetBigDataPool\":{\"referenceName\":{\"value\":\"@x\"}}}}|not",
                "{\"properties\":{}}|absent",
                "not json|not",
                "{\"a\":1,\"a\":2}|not",
            })
    void readsStoredDefinitionsAndSaysWhenItCannotTell(String definition, String kind) {
        ScopeValue expected =
                switch (kind) {
                    case "text" -> ScopeValue.text("p");
                    case "absent" -> ScopeValue.absent();
                    default -> ScopeValue.notText();
                };

        assertThat(READER.readDefinition(bytes(definition), POOL)).isEqualTo(expected);
    }

    @Test
    void knowsWhichPointersInputsNeed() {
        assertThat(
                        ScopeInputReader.pointersOf(
                                List.of(
                                        new ScopeInput.BodyField("/sparkPool"),
                                        new ScopeInput.NotebookPool("/notebook"),
                                        new ScopeInput.RecordedRun("runId"),
                                        new ScopeInput.JobDefinitionPool("n"),
                                        new ScopeInput.StoredAssignment("id"))))
                .containsExactlyInAnyOrder("/sparkPool", "/notebook");
    }

    private static RequestHead head(String... fields) throws RefusedException {
        Fields.Builder all =
                Fields.builder().add("Host", "h").add("Content-Type", "application/json");
        return RequestHead.parse("POST", "/a", all.addAll(Fields.of(fields)).build());
    }

    private static Optional<String> read(String body, String pointer) throws RefusedException {
        return Optional.ofNullable(readAll(READER, bytes(body), Set.of(pointer)).get(pointer));
    }

    private static Map<String, String> readAll(
            ScopeInputReader reader, byte[] body, Set<String> pointers) throws RefusedException {
        List<ScopeInput> inputs =
                pointers.stream().<ScopeInput>map(ScopeInput.BodyField::new).toList();
        return reader.read(head("Content-Length", "1"), Platform.SYNAPSE, body, inputs);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
