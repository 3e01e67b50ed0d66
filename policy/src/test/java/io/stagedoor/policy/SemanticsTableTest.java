package io.stagedoor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of statements names every statement, and tests that exist. */
class SemanticsTableTest {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern REFERENCE =
            Pattern.compile("`([A-Z][A-Za-z]+Test)\\.([A-Za-z]+)`");

    static List<String> rows() {
        try (Stream<String> lines = Files.lines(Path.of("docs", "semantics.md"))) {
            return lines.filter(line -> line.startsWith("| S")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesEveryStatementOnce() {
        assertThat(rows().stream().map(row -> row.split(" ")[1]))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 66).mapToObj(number -> "S" + number).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyStatementHasATestOrAReason(String row) {
        assertThat(row).containsPattern("`[A-Za-z]+Test\\.|\\| not the model's: ");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyNamedTestExists(String row) {
        assertThat(REFERENCE.matcher(row).results())
                .allSatisfy(
                        reference ->
                                assertThat(source(reference.group(1)))
                                        .contains("void " + reference.group(2) + "("));
    }

    private static String source(String test) {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Path file =
                    files.filter(path -> path.endsWith(test + ".java")).findFirst().orElseThrow();
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
