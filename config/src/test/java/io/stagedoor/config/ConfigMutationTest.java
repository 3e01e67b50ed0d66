package io.stagedoor.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.TestPair;
import io.stagedoor.config.text.ConfigProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a good file, loading it never throws and complains within the file. */
class ConfigMutationTest {

    private static final int MUTANTS = 2_500;
    private static final String ODD =
            "\t\n\r :-,[]{}&*!|>'\"%@`#?0aé\u0007\uD83D\uDE00\u2028\u0000~<";

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() throws IOException {
        folder = ConfigFolder.in(temp);
        Files.createDirectory(folder.path("certificates"));
        folder.write("certificates/proxy.pem", TestPair.usual().certificate());
        folder.write("certificates/proxy.key", TestPair.usual().key());
        for (String name : List.of("stagedoor.yaml", "access.yaml")) {
            folder.write(name, good(name));
        }
        assertThat(load()).isInstanceOf(LoadResult.Ok.class);
    }

    @Test
    void neverThrowsAndComplainsWithinTheMainFile() throws IOException {
        mutate("stagedoor.yaml", new Random(20_251_121));
    }

    @Test
    void neverThrowsAndComplainsWithinTheAccessFile() throws IOException {
        mutate("access.yaml", new Random(7));
    }

    private void mutate(String name, Random random) throws IOException {
        String text = good(name);
        int refused = 0;
        for (int count = 0; count < MUTANTS; count++) {
            byte[] mutant = mutant(text, random);
            folder.write(name, mutant);
            refused += verify(name, mutant);
        }
        assertThat(refused).isBetween(MUTANTS / 4, MUTANTS - 1);
    }

    /** Returns 1 if the files were refused. */
    private int verify(String name, byte[] mutant) {
        String text = new String(mutant, StandardCharsets.UTF_8);
        LoadResult result;
        try {
            result = load();
        } catch (RuntimeException e) {
            throw new AssertionError("thrown for\n" + text, e);
        }
        return switch (result) {
            case LoadResult.Ok _ -> 0;
            case LoadResult.Bad bad -> {
                assertThat(bad.problems()).isNotEmpty();
                bad.problems().stream()
                        .filter(problem -> problem.file().endsWith(name))
                        .forEach(problem -> assertInside(problem, text));
                yield 1;
            }
        };
    }

    private static void assertInside(ConfigProblem problem, String text) {
        String[] lines = text.split("\r\n|\r|\n", -1);
        assertThat(problem.line()).as(() -> problem + "\n" + text).isBetween(1, lines.length);
        String line = lines[problem.line() - 1];
        assertThat(problem.column())
                .as(() -> problem + "\n" + text)
                .isBetween(1, line.codePointCount(0, line.length()) + 1);
        assertThat(problem.message()).doesNotContain("\n", "\u0007", "\u0000").isNotBlank();
        assertThat(problem.help()).isNotBlank();
    }

    private byte[] mutant(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        int changes = 1 + random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            change(changed, random);
        }
        byte[] bytes = changed.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(50) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private void change(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(7)) {
            case 0 -> text.deleteCharAt(at);
            case 1 -> text.insert(at, odd(random));
            case 2 -> text.setCharAt(at, odd(random));
            case 3 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
            case 4 -> withLines(text, lines -> lines.remove(random.nextInt(lines.size())));
            case 5 ->
                    withLines(
                            text,
                            lines ->
                                    lines.add(
                                            random.nextInt(lines.size()),
                                            lines.get(random.nextInt(lines.size()))));
            default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
        }
    }

    private static String good(String name) throws IOException {
        return Files.readString(Path.of("docs/example", name));
    }

    private static char odd(Random random) {
        return ODD.charAt(random.nextInt(ODD.length()));
    }

    private static void withLines(
            StringBuilder text, java.util.function.Consumer<List<String>> change) {
        List<String> lines = new ArrayList<>(List.of(text.toString().split("\n", -1)));
        change.accept(lines);
        text.setLength(0);
        text.append(String.join("\n", lines)).append('\n');
    }

    private LoadResult load() {
        return ConfigLoader.load(folder.path("stagedoor.yaml"));
    }
}
