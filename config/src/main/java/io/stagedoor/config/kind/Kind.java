package io.stagedoor.config.kind;

import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.YamlNode;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a single value must be: how it is called, how it looks, how it is read and shown.
 *
 * @param expected what is expected, with its article: {@code a duration}
 * @param example a value that is right, as it is written
 * @param parser reads it
 * @param display shows it as it would be written
 */
public record Kind<T>(
        String expected,
        String example,
        Function<YamlNode.Scalar, Parsed<T>> parser,
        Function<T, String> display) {

    /**
     * Returns a kind whose values have no form of their own beyond text; {@code finder} says what
     * the text means.
     */
    public static <T> Kind<T> of(
            String expected, String example, Function<String, Parsed<T>> finder) {
        return new Kind<>(
                expected, example, scalar -> finder.apply(scalar.text()), Object::toString);
    }

    /** Reads a value. */
    public Parsed<T> parse(YamlNode.Scalar scalar) {
        return parser.apply(scalar);
    }

    /** Returns the default complaint about a text that is not of this kind. */
    public <R> Parsed<R> mismatch(String text) {
        return Parsed.wrong(
                Quoted.of(text) + " is not " + expected, "write for example `" + example + "`");
    }

    /** Returns this kind with a further rule that sees the value and where it stands. */
    public Kind<T> refined(BiFunction<T, YamlNode.Scalar, Parsed<T>> rule) {
        return new Kind<>(
                expected,
                example,
                scalar -> parse(scalar).then(value -> rule.apply(value, scalar)),
                display);
    }
}
