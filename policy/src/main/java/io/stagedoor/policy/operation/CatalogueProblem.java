package io.stagedoor.policy.operation;

/**
 * One complaint about the text of a catalogue.
 *
 * @param source what the text is called
 * @param line the line, from 1
 * @param message what is wrong
 */
public record CatalogueProblem(String source, int line, String message) {

    /** Returns {@code source:line: message}. */
    @Override
    public String toString() {
        return source + ":" + line + ": " + message;
    }
}
