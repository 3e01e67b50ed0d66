package io.stagedoor.proxy.cli.demo;

import java.util.List;

/**
 * One command of the demo and what it is expected to do.
 *
 * @param name a stable word for it
 * @param title what it shows, for people
 * @param command a line for a POSIX shell, complete as it stands
 * @param exitCode what the shell answers
 * @param prints texts that its output holds, each somewhere
 */
public record PastedCommand(
        String name, String title, String command, int exitCode, List<String> prints) {

    public PastedCommand {
        prints = List.copyOf(prints);
    }
}
