package io.stagedoor.proxy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which bearer token a command shows. */
final class ShownToken {

    private static final String VARIABLE = "STAGEDOOR_TOKEN";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the bearer token; default: the variable STAGEDOOR_TOKEN.")
    private @Nullable Path file;

    /**
     * Gives the value of an authorization field with the token, if one was given.
     *
     * @throws CommandFailedException when the file cannot be read
     */
    Optional<String> authorization() {
        return (file == null
                        ? Optional.ofNullable(System.getenv(VARIABLE))
                        : Optional.of(read(file)))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(token -> "Bearer " + token);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.USAGE, "the token file `" + file + "` cannot be read");
        }
    }
}
