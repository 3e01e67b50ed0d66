package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.search.History;
import io.stagedoor.proxy.audit.search.JobAnswer;
import io.stagedoor.proxy.audit.verify.Verification;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit}: searches and verifies the audit trail. */
@Command(
        name = "audit",
        description = "Search and verify the audit trail.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {

    private static final String NEWEST = "How many decisions at most, the newest; default: 100.";

    @Command(
            name = "job",
            description = "Everything about a job, by any of its ids: runs, batches, sessions.",
            mixinStandardHelpOptions = true)
    int job(
            @Mixin Trail trail,
            @Mixin Output output,
            @Parameters(paramLabel = "ID", description = "The id, or its full name's end.")
                    String id) {
        JobAnswer answer = trail.ask(queries -> queries.job(id));
        output.print(printer -> printer.job(answer));
        return answer instanceof JobAnswer.Story ? ExitCodes.OK : ExitCodes.FINDING;
    }

    @Command(
            name = "who",
            description = "What a principal asked for, and what was decided.",
            mixinStandardHelpOptions = true)
    int who(
            @Mixin Trail trail,
            @Mixin Output output,
            @Option(names = "-n", defaultValue = "100", description = NEWEST) int most,
            @Parameters(paramLabel = "PRINCIPAL", description = "An object id, or a label.")
                    String principal) {
        return print(output, trail.ask(queries -> queries.who(principal, TimeRange.ALWAYS, most)));
    }

    @Command(
            name = "resource",
            description = "Who asked for a resource, and what was decided.",
            mixinStandardHelpOptions = true)
    int resource(
            @Mixin Trail trail,
            @Mixin Output output,
            @Option(names = "-n", defaultValue = "100", description = NEWEST) int most,
            @Parameters(
                            paramLabel = "WORKSPACE/KIND[/NAME]",
                            description = "For example ws1/pipeline/nightly.")
                    String path) {
        try {
            return print(
                    output, trail.ask(queries -> queries.resource(path, TimeRange.ALWAYS, most)));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Command(
            name = "tail",
            description = "The last records, as they stand in the journal.",
            mixinStandardHelpOptions = true)
    int tail(
            @Mixin Trail trail,
            @Mixin Output output,
            @Option(names = "-n", defaultValue = "10", description = "How many; default: 10.")
                    int most) {
        List<AuditRecord> records = trail.ask(queries -> queries.tail(most));
        output.print(printer -> printer.tail(records));
        return ExitCodes.OK;
    }

    @Command(
            name = "verify",
            description = "Check that the journal is unchanged and complete: two verdicts.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin Trail trail, @Mixin Output output) {
        Verification verification = trail.ask(queries -> queries.verify(Optional.empty()));
        output.print(printer -> printer.verification(verification));
        return verification.isGood() ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private static int print(Output output, History history) {
        output.print(printer -> printer.history(history));
        return history.exchanges().isEmpty() ? ExitCodes.FINDING : ExitCodes.OK;
    }
}
