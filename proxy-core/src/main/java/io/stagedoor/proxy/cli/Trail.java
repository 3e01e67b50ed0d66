package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.audit.search.AuditQueries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which audit trail a command reads: that of a configuration, or one given by its folder. */
final class Trail {

    @Mixin private Configuration configuration = new Configuration();

    @Option(
            names = "--journal",
            paramLabel = "FOLDER",
            description = "The folder of the journal, in place of the configuration's.")
    private @Nullable Path folder;

    /** A question to the trail. */
    interface Question<T> {
        T ask(AuditQueries queries) throws IOException;
    }

    /**
     * Asks the trail, whether a proxy is writing it or not.
     *
     * @throws CommandFailedException if there is no trail, or it cannot be read
     */
    <T> T ask(Question<T> question) {
        Path journal =
                Optional.ofNullable(folder)
                        .orElseGet(() -> configuration.required().audit().directory());
        try (AuditQueries queries = AuditQueries.open(journal, InstantSource.system())) {
            return question.ask(queries);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE,
                    "the audit trail in `" + journal + "` cannot be read: " + e.getMessage());
        }
    }
}
