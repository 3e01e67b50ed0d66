package io.stagedoor.proxy.cli;

import io.stagedoor.config.ConfigLoader;
import io.stagedoor.config.LoadResult;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.text.ConfigProblem;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that names the configuration, and its reading. */
final class Configuration {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "${env:STAGEDOOR_CONFIG:-stagedoor.yaml}",
            description = "The configuration; default: STAGEDOOR_CONFIG, else stagedoor.yaml here.")
    private Path file = Path.of("stagedoor.yaml");

    Path file() {
        return file;
    }

    LoadResult result() {
        return ConfigLoader.load(file);
    }

    /**
     * Gives the configuration when nothing is wrong with it.
     *
     * @throws CommandFailedException with every problem, when there is one
     */
    StagedoorConfig required() {
        return required(file);
    }

    /** Gives the configuration in a file, as {@link #required()} does. */
    static StagedoorConfig required(Path file) {
        return switch (ConfigLoader.load(file)) {
            case LoadResult.Ok ok -> ok.config();
            case LoadResult.Bad bad -> throw failed(bad);
        };
    }

    private static CommandFailedException failed(LoadResult.Bad bad) {
        String all =
                bad.problems().stream()
                        .map(ConfigProblem::toString)
                        .collect(Collectors.joining("\n"));
        return new CommandFailedException(ExitCodes.USAGE, all);
    }
}
