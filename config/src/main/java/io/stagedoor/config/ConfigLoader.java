package io.stagedoor.config;

import io.stagedoor.config.section.KnownKey;
import io.stagedoor.config.section.Loaded;
import io.stagedoor.config.section.Reading;
import io.stagedoor.config.text.ConfigProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Loads {@code stagedoor.yaml} and the access file it names, as a whole: every value typed and
 * checked, or every problem of both files.
 *
 * <p>Blocks on the disk; safe for any thread. Secrets are not read, only looked for.
 */
public final class ConfigLoader {

    private ConfigLoader() {}

    /**
     * Loads a configuration. Never throws for what is wrong with the files.
     *
     * @param file the main file; complaints name it as given here, and relative paths in it start
     *     from its folder
     */
    public static LoadResult load(Path file) {
        ConfigReader reader = new ConfigReader();
        Loaded<StagedoorConfig> main = Loaded.read(file, reader);
        List<ConfigProblem> warnings = joined(main.warnings(), reader.access().warnings());
        List<ConfigProblem> problems = joined(main.problems(), reader.access().problems());
        Optional<StagedoorConfig> config = main.value().filter(_ -> problems.isEmpty());
        return config.<LoadResult>map(value -> new LoadResult.Ok(value, warnings))
                .orElseGet(() -> new LoadResult.Bad(problems, warnings));
    }

    /** Returns every key of the main file with its kind and default, in the order they are read. */
    public static List<KnownKey> keys() {
        return Reading.keysOf(new ConfigReader());
    }

    private static List<ConfigProblem> joined(
            List<ConfigProblem> first, List<ConfigProblem> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
