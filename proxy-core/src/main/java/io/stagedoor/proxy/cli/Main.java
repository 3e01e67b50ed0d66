package io.stagedoor.proxy.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line {@code stagedoor}: turns arguments into one command, and what it throws into a
 * sentence and an exit code.
 */
@Command(
        name = "stagedoor",
        description = "Identity-aware reverse proxy for Azure Synapse.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            ExplainCommand.class,
            CanICommand.class,
            AuditCommand.class,
            HealthCommand.class,
            RefreshCommand.class,
            GapsCommand.class,
            WhoAmICommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            RehearseCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            TokenCommand.class,
            EnvCommand.class,
            ExecCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the answer is yes",
            "1:there is a finding",
            "2:the arguments or the configuration are wrong",
            "3:something needed cannot be reached"
        })
public final class Main {
    private static final String LOGGING = "logback.configurationFile";

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        chooseLogging(arguments);
        System.exit(commandLine().execute(arguments));
    }

    /** Gives the command line with its handling of errors; for tests, its writers can be set. */
    static CommandLine commandLine() {
        CommandLine all =
                new CommandLine(new Main())
                        .setExecutionExceptionHandler(Main::answer)
                        .setCaseInsensitiveEnumValuesAllowed(true);
        ExecCommand.keepWordsOf(all);
        return all;
    }

    /** The proxy logs JSON to standard output; every other command's output is its result. */
    private static void chooseLogging(String[] arguments) {
        boolean serves = arguments.length > 0 && arguments[0].equals("run");
        if (!serves && System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "logback-cli.xml");
        }
    }

    private static int answer(
            Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailedException failed) {
            err.println(failed.sentence());
            err.flush();
            return failed.exitCode();
        }
        err.println("this is a bug in stagedoor, please report it:");
        failure.printStackTrace(err);
        err.flush();
        return ExitCodes.USAGE;
    }
}
