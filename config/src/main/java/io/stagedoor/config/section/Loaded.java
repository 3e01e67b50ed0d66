package io.stagedoor.config.section;

import io.stagedoor.config.text.ConfigProblem;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.Problems;
import io.stagedoor.config.text.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What came of one file: its value if nothing was wrong, and the complaints.
 *
 * @param value the value; present exactly if there is no problem
 * @param problems what refuses the file, in its order
 * @param warnings what leaves it usable, in its order
 */
public record Loaded<T>(
        Optional<T> value, List<ConfigProblem> problems, List<ConfigProblem> warnings) {

    /** Copies the lists. */
    public Loaded {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Reads a YAML file from the disk. Never throws for what is wrong with the file. */
    public static <T> Loaded<T> read(Path file, SectionReader<T> reader) {
        Problems problems = new Problems(file.toString());
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        Optional<T> value =
                bytes(file, problems)
                        .flatMap(bytes -> YamlReader.read(bytes, problems))
                        .flatMap(root -> Reading.read(root, folder, problems, reader))
                        .filter(_ -> problems.isEmpty());
        return new Loaded<>(value, problems.found(), problems.warnings());
    }

    private static Optional<byte[]> bytes(Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(YamlReader.MAX_BYTES + 1));
        } catch (NoSuchFileException _) {
            problems.add(Position.START, "the file does not exist", "check its path");
        } catch (IOException _) {
            problems.add(
                    Position.START,
                    "the file cannot be read",
                    "name a file, and give the account that runs Stagedoor the right to read it");
        }
        return Optional.empty();
    }
}
