package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.client.AzFolder;
import io.stagedoor.proxy.cli.client.ClientGuide;
import io.stagedoor.proxy.cli.client.ProxyTarget;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import io.stagedoor.proxy.cli.profile.PrivateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code exec}: a command that goes through the proxy, with a fresh token beside it. */
@Command(
        name = "exec",
        description = {
            "Run a command with the variables of `env` and a fresh token in STAGEDOOR_TOKEN.",
            "az gets a configuration folder of its own, so that ~/.azure stays as it is.",
            "The exit code is the command's; 1, 2 or 3 with a message is stagedoor's own."
        },
        mixinStandardHelpOptions = true)
final class ExecCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ExecCommand.class);

    @Mixin private ProxyOptions proxy = new ProxyOptions();
    @Mixin private Profiles profiles = new Profiles();

    @Option(
            names = "--json",
            description = "Print the variables but the token as one JSON document; run nothing.")
    private boolean json;

    @Spec private CommandSpec command = CommandSpec.create();

    @Parameters(
            paramLabel = "COMMAND",
            arity = "1..*",
            description = "The command and its arguments, best after `--`.")
    private List<String> words = List.of();

    /** Has what follows the command's name left alone, also without a {@code --} before it. */
    static void keepWordsOf(CommandLine all) {
        all.getSubcommands().values().stream()
                .filter(each -> each.getCommand() instanceof ExecCommand)
                .forEach(each -> each.setStopAtPositional(true));
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> variables = PersonalTask.done(this::variables);
        if (json) {
            print(variables);
            return ExitCodes.OK;
        }
        HeldTokens tokens = TokenCommand.current(profiles, command);
        variables.put("STAGEDOOR_TOKEN", tokens.accessToken().reveal());
        return ran(variables);
    }

    private Map<String, String> variables() throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("STAGEDOOR_PROFILE", profiles.name());
        Optional<ProxyTarget> target = proxy.target(profiles);
        if (target.isPresent()) {
            PrivateFolder home = profiles.store().home();
            variables.putAll(new ClientGuide(target.get(), home).common().variables());
            target.get().suffix().ifPresent(suffix -> variables.putAll(azVariables(home, suffix)));
        }
        return variables;
    }

    private Map<String, String> azVariables(PrivateFolder home, String suffix) {
        return new AzFolder(home.folder("az").folder(profiles.name()), suffix)
                .prepared(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    private void print(Map<String, String> variables) {
        ObjectNode document = Output.MAPPER.createObjectNode();
        variables.forEach(document.putObject("variables")::put);
        words.forEach(document.putArray("command")::add);
        command.commandLine().getOut().println(document.toPrettyString());
        command.commandLine().getOut().flush();
    }

    /**
     * The command has this process's terminal and group, so Ctrl-C reaches it by itself; what is sent
     * to this process alone to end it is passed on, and this process always waits for the command.
     */
    private int ran(Map<String, String> variables) throws InterruptedException {
        Child child = new Child();
        handle("INT", () -> {});
        handle("QUIT", () -> {});
        handle("HUP", child::end);
        handle("TERM", child::end);
        Process process = started(variables);
        child.is(process.toHandle());
        return process.waitFor();
    }

    /** The command as a process, which may be asked to end before it has begun. */
    private static final class Child {
        private Optional<ProcessHandle> process = Optional.empty();
        private boolean shallEnd;

        synchronized void is(ProcessHandle begun) {
            process = Optional.of(begun);
            if (shallEnd) {
                end();
            }
        }

        synchronized void end() {
            shallEnd = true;
            process.ifPresent(ProcessHandle::destroy);
        }
    }

    private Process started(Map<String, String> variables) {
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.USAGE, "`" + words.getFirst() + "` cannot be run: " + e.getMessage());
        }
    }

    private static void handle(String signal, Runnable action) {
        try {
            SystemSignals.handle(signal, action);
        } catch (ReflectiveOperationException e) {
            LOG.atDebug().addKeyValue("signal", signal).log("cannot be handled here");
        }
    }
}
