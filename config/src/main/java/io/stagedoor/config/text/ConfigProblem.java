package io.stagedoor.config.text;

/**
 * One complaint about a configuration file: where, what is wrong, and what to do about it.
 *
 * @param file the file as the caller named it
 * @param line the line, from 1
 * @param column the column in Unicode code points, from 1
 * @param message what is wrong, in lower case, with user input in backticks; never a secret
 * @param help what to do
 */
public record ConfigProblem(String file, int line, int column, String message, String help) {

    /** Returns {@code file:line:column: message}, and the help on an indented second line. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message + "\n  help: " + help;
    }
}
