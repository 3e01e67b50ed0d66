package io.stagedoor.config.kind;

import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.Spelling;
import io.stagedoor.config.text.YamlNode;
import io.stagedoor.config.value.DataSize;
import io.stagedoor.policy.principal.PrincipalId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of single values that have nothing to do with networks or files. */
public final class Kinds {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private Kinds() {}

    /**
     * Returns text that matches a pattern as a whole.
     *
     * @param expected the rule in words, with its article
     */
    public static Kind<String> text(String expected, String example, Pattern pattern) {
        Kind<String> named = Kind.of(expected, example, Parsed::value);
        return named.refined(
                (text, _) ->
                        pattern.matcher(text).matches()
                                ? Parsed.value(text)
                                : named.mismatch(text));
    }

    /** Returns a whole number between two bounds, both allowed. */
    public static Kind<Integer> number(int least, int most) {
        return number("a number from " + least + " to " + most, most, least, most);
    }

    /** Returns a TCP port to listen on, with an example; 0 takes a free one. */
    public static Kind<Integer> port(int example) {
        return number("a port from 0 to 65535", example, 0, 65535);
    }

    private static Kind<Integer> number(String expected, int example, int least, int most) {
        Kind<String> text = Kind.of(expected, Integer.toString(example), Parsed::value);
        return new Kind<>(
                expected,
                text.example(),
                scalar -> {
                    if (!scalar.plain() && NUMBER.matcher(scalar.text()).matches()) {
                        return Parsed.wrong(
                                Quoted.of(scalar.text()) + " is a text, expected " + expected,
                                "remove the quotes");
                    }
                    return inRange(scalar.text(), least, most, text);
                },
                value -> Integer.toString(value));
    }

    private static Parsed<Integer> inRange(String text, int least, int most, Kind<?> kind) {
        if (!NUMBER.matcher(text).matches()) {
            return kind.mismatch(text);
        }
        int value = Integer.parseInt(text);
        return value < least || value > most ? kind.mismatch(text) : Parsed.value(value);
    }

    /** Returns a day (ISO 8601). */
    public static Kind<LocalDate> date() {
        Kind<String> named = Kind.of("a date", "2027-03-31", Parsed::value);
        return Kind.of(
                named.expected(),
                named.example(),
                text -> {
                    try {
                        return Parsed.value(LocalDate.parse(text));
                    } catch (DateTimeParseException _) {
                        return named.mismatch(text);
                    }
                });
    }

    /** Returns {@code true} or {@code false}, without quotes. */
    public static Kind<Boolean> flag() {
        String expected = "`true` or `false`";
        Kind<String> text = Kind.of(expected, "true", Parsed::value);
        return new Kind<>(
                expected,
                "true",
                scalar ->
                        switch (plain(scalar)) {
                            case "true" -> Parsed.value(true);
                            case "false" -> Parsed.value(false);
                            default -> text.mismatch(scalar.text());
                        },
                value -> Boolean.toString(value));
    }

    private static String plain(YamlNode.Scalar scalar) {
        return scalar.plain() ? scalar.text() : "";
    }

    /** Returns a duration between two bounds, both allowed: a number with its unit. */
    public static Kind<Duration> duration(Duration least, Duration most) {
        String expected = "a duration from " + shown(least) + " to " + shown(most);
        Kind<Duration> form =
                new Kind<>(
                        expected,
                        shown(least.isZero() ? most : least),
                        scalar -> duration(scalar.text()),
                        Kinds::shown);
        return form.refined((value, scalar) -> bounded(value, least, most, form, scalar.text()));
    }

    private static Parsed<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Parsed.wrong(
                    Quoted.of(text) + " is not a duration",
                    "write a whole number with its unit `ms`, `s`, `m`, `h` or `d`, as in `30s`");
        }
        long count = Long.parseLong(matcher.group(1));
        return Parsed.value(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** Returns the duration as it is written here, with the largest unit that divides it. */
    public static String shown(Duration duration) {
        long millis = duration.toMillis();
        Map<String, Duration> units = new LinkedHashMap<>();
        units.put("d", Duration.ofDays(1));
        units.put("h", Duration.ofHours(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("s", Duration.ofSeconds(1));
        return units.entrySet().stream()
                .filter(unit -> millis != 0 && millis % unit.getValue().toMillis() == 0)
                .findFirst()
                .map(unit -> millis / unit.getValue().toMillis() + unit.getKey())
                .orElse(millis == 0 ? "0s" : millis + "ms");
    }

    /** Returns an amount of data between two bounds, both allowed. */
    public static Kind<DataSize> size(DataSize least, DataSize most) {
        String expected = "a size from " + least + " to " + most;
        Kind<DataSize> form =
                Kind.of(
                        expected,
                        most.toString(),
                        text ->
                                DataSize.find(text)
                                        .map(Parsed::value)
                                        .orElseGet(
                                                () ->
                                                        Parsed.wrong(
                                                                Quoted.of(text)
                                                                        + " is not a size of data",
                                                                "write a whole number with its"
                                                                        + " unit `B`, `KiB`, `MiB` or"
                                                                        + " `GiB`, as in `64MiB`")));
        return form.refined((value, scalar) -> bounded(value, least, most, form, scalar.text()));
    }

    private static <T extends Comparable<T>> Parsed<T> bounded(
            T value, T least, T most, Kind<T> kind, String text) {
        boolean inside = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        return inside ? Parsed.value(value) : kind.mismatch(text);
    }

    /** Returns a GUID; it is kept in lower case. */
    public static Kind<String> guid() {
        String example = "11111111-2222-4333-8444-555555555555";
        Kind<String> named = Kind.of("a GUID", example, Parsed::value);
        return named.refined(
                (text, _) ->
                        PrincipalId.isGuid(text)
                                ? Parsed.value(text.toLowerCase(Locale.ROOT))
                                : named.mismatch(text));
    }

    /** Returns one of the values of an enumeration, written in lower case. */
    public static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(word(constant), constant);
        }
        return choice(words, Kinds::word);
    }

    /** Returns one of a few words. */
    public static <T> Kind<T> choice(Map<String, T> words, Function<T, String> display) {
        String expected = "one of " + Quoted.list(words.keySet());
        Kind<String> named = Kind.of(expected, words.keySet().iterator().next(), Parsed::value);
        return new Kind<>(
                expected,
                named.example(),
                scalar -> {
                    T chosen = words.get(scalar.text());
                    return chosen == null
                            ? unknown(scalar.text(), words, named)
                            : Parsed.value(chosen);
                },
                display);
    }

    private static <T> Parsed<T> unknown(String text, Map<String, ?> words, Kind<String> named) {
        return Spelling.nearest(text, words.keySet())
                .<Parsed<T>>map(
                        near ->
                                Parsed.wrong(
                                        Quoted.of(text) + " is not " + named.expected(),
                                        "did you mean `" + near + "`?"))
                .orElseGet(() -> named.mismatch(text));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
