package io.stagedoor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.access.AccessReader;
import io.stagedoor.config.section.KnownKey;
import io.stagedoor.config.section.Reading;
import io.stagedoor.config.service.KnownServices;
import io.stagedoor.config.testing.ConfigFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/configuration.md} and the readers together. */
class DocumentationTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

    private static final Pattern SAME_KEYS = Pattern.compile("its keys are those of `([^`]+)`");

    private String mainPart = "";
    private String accessPart = "";

    @BeforeEach
    void readPage() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        int border = page.indexOf("\n# The access file\n");
        assertThat(border).isPositive();
        mainPart = page.substring(0, border);
        accessPart = page.substring(border);
    }

    @Test
    void everyKeyOfTheMainFileIsDocumentedWithItsKindAndDefault() {
        assertThat(documented(mainPart)).containsExactlyElementsOf(known(ConfigLoader.keys()));
    }

    @Test
    void everyKeyOfTheAccessFileIsDocumentedWithItsKindAndDefault() {
        AccessReader reader = new AccessReader("f", KnownServices.unknown());

        assertThat(documented(accessPart)).containsExactlyElementsOf(known(Reading.keysOf(reader)));
    }

    @Test
    void everyKeyHasAMeaning() {
        assertThat(rows(mainPart + accessPart))
                .allSatisfy(row -> assertThat(row.split(" \\| ")[3]).hasSizeGreaterThan(6));
    }

    @Test
    void theExamplesTogetherAreAConfiguration(@TempDir Path temp) {
        ConfigFolder folder = ConfigFolder.in(temp);
        folder.write("access.yaml", examples(accessPart));
        Path file = folder.write("stagedoor.yaml", examples(mainPart));

        LoadResult result = ConfigLoader.load(file);

        assertThat(result).isInstanceOf(LoadResult.Ok.class);
        assertThat(result.warnings()).isEmpty();
    }

    /** What factories and sites have in common with workspaces stands there. */
    private static List<String> known(List<KnownKey> keys) {
        Set<String> ofWorkspaces =
                keys.stream()
                        .filter(key -> key.path().startsWith("workspaces[]."))
                        .map(DocumentationTest::known)
                        .collect(Collectors.toSet());
        return keys.stream()
                .filter(key -> !isLikeOneOfWorkspaces(key, ofWorkspaces))
                .map(DocumentationTest::known)
                .toList();
    }

    private static boolean isLikeOneOfWorkspaces(KnownKey key, Set<String> ofWorkspaces) {
        String known = known(key);
        return Stream.of("factories[].", "sites[].")
                .filter(key.path()::startsWith)
                .anyMatch(list -> ofWorkspaces.contains(known.replace(list, "workspaces[].")));
    }

    private static String known(KnownKey key) {
        return "`" + key.path() + "` | " + key.expected() + " | " + fallback(key);
    }

    private static String fallback(KnownKey key) {
        return key.isRequired()
                ? "required"
                : key.fallback()
                        .filter(text -> !text.equals("[]"))
                        .map(text -> "`" + text + "`")
                        .orElse("none");
    }

    /** Returns the keys of a part of the page; a section may have the keys of another. */
    private List<String> documented(String part) {
        return rows(part).stream()
                .map(row -> row.split(" \\| "))
                .flatMap(cells -> written(cells, "", ""))
                .toList();
    }

    private Stream<String> written(String[] cells, String before, String after) {
        String path = cells[0].replaceFirst("^`" + Pattern.quote(before), "`" + after);
        Stream<String> itself = Stream.of(path + " | " + cells[1] + " | " + cells[2]);
        Matcher other = SAME_KEYS.matcher(cells[3]);
        if (!other.find()) {
            return itself;
        }
        String section = other.group(1) + ".";
        return Stream.concat(
                itself,
                rows(mainPart + accessPart).stream()
                        .map(row -> row.split(" \\| "))
                        .filter(inner -> inner[0].startsWith("`" + section))
                        .flatMap(inner -> written(inner, section, path.replace("`", "") + ".")));
    }

    private static List<String> rows(String part) {
        return part.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(2, line.length() - 2))
                .toList();
    }

    private static String examples(String part) {
        return EXAMPLE.matcher(part)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.joining());
    }
}
