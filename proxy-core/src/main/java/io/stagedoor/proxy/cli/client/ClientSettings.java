package io.stagedoor.proxy.cli.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to set, run and know before a client goes through the proxy. Not safe for threads.
 *
 * <p>Filled part by part; printed for a shell, or as its parts.
 */
public final class ClientSettings {
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ClientSettings variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    ClientSettings command(String... words) {
        commands.add(List.of(words));
        return this;
    }

    ClientSettings note(String text) {
        notes.add(text);
        return this;
    }

    /** Gives the variables of the environment, in order. */
    public Map<String, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    /** Gives the commands to run once, each as its words. */
    public List<List<String>> commands() {
        return List.copyOf(commands);
    }

    /** Gives what to know. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Gives all of it as lines that the shell can run as they are. */
    public List<String> lines(Shell shell) {
        List<String> lines = new ArrayList<>();
        notes.forEach(note -> lines.add(shell.noted(note)));
        variables.forEach((name, value) -> lines.add(shell.assigned(name, value)));
        commands.forEach(words -> lines.add(shell.called(words)));
        return lines;
    }
}
