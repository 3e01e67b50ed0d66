package io.stagedoor.config.kind;

import java.util.function.Function;

/** What became of a written value: the value, a value to warn about, or a complaint. */
public sealed interface Parsed<T> {

    /** The value. */
    record Value<T>(T value) implements Parsed<T> {}

    /** The value, and why one should look at it again. */
    record Suspect<T>(T value, String message, String help) implements Parsed<T> {}

    /** Why the text is no value, and what to do. */
    record Wrong<T>(String message, String help) implements Parsed<T> {}

    /** Returns the value. */
    static <T> Parsed<T> value(T value) {
        return new Value<>(value);
    }

    /** Returns a complaint. */
    static <T> Parsed<T> wrong(String message, String help) {
        return new Wrong<>(message, help);
    }

    /** Goes on with the value; a complaint stays, and so does a warning unless there is news. */
    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        return switch (this) {
            case Value<T>(T value) -> next.apply(value);
            case Suspect<T>(T value, String message, String help) ->
                    switch (next.apply(value)) {
                        case Value<R>(R result) -> new Suspect<>(result, message, help);
                        case Suspect<R> suspect -> suspect;
                        case Wrong<R> wrong -> wrong;
                    };
            case Wrong<T>(String message, String help) -> new Wrong<>(message, help);
        };
    }
}
