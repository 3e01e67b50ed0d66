package io.stagedoor.proxy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What one command answered: run in this process, with its writers caught. */
record CommandRun(int exitCode, String output, String errors) {

    static CommandRun of(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        int exitCode = commandLine.execute(arguments);
        return new CommandRun(exitCode, output.toString(), errors.toString());
    }
}
