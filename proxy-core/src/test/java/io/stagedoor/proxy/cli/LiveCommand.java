package io.stagedoor.proxy.cli;

import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** A command that runs on a thread of its own, since it waits for something that the test does. */
final class LiveCommand {
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final FutureTask<Integer> run;

    private LiveCommand(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        run = new FutureTask<>(() -> commandLine.execute(arguments));
        Thread.ofPlatform().daemon().start(run);
    }

    static LiveCommand start(String... arguments) {
        return new LiveCommand(arguments);
    }

    /** Waits until the command has told something of this form, and gives the first group. */
    String awaitTold(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            Matcher matcher = pattern.matcher(errors.toString());
                            return matcher.find() ? matcher.group(1) : "";
                        },
                        found -> !found.isEmpty());
    }

    /** Waits until it has ended. */
    CommandRun ended() throws Exception {
        int exitCode = run.get(60, TimeUnit.SECONDS);
        return new CommandRun(exitCode, output.toString(), errors.toString());
    }
}
