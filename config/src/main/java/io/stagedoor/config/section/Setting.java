package io.stagedoor.config.section;

import io.stagedoor.config.text.Position;
import java.util.function.Function;

/** The value of one key with its place in the file, or the fact that it was complained about. */
public sealed interface Setting<T> {

    /** A value: written, or the default, which then stands where its section starts. */
    record Good<T>(T value, Position position) implements Setting<T> {}

    /** Nothing: there is a complaint about it already. */
    record Refused<T>() implements Setting<T> {}

    /** Returns whether there is a value. */
    default boolean isGood() {
        return this instanceof Good<T>;
    }

    /**
     * Returns the value. Ask only where it is known to be good, such as in {@link Section#build}.
     *
     * @throws IllegalStateException if it was refused
     */
    default T value() {
        return switch (this) {
            case Good<T>(T value, _) -> value;
            case Refused<T> _ -> throw new IllegalStateException("the setting was refused");
        };
    }

    /** Changes the value, if there is one. */
    default <R> Setting<R> map(Function<T, R> change) {
        return switch (this) {
            case Good<T>(T value, Position position) -> new Good<>(change.apply(value), position);
            case Refused<T> _ -> new Refused<>();
        };
    }
}
