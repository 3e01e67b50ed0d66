package io.stagedoor.policy.operation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The documented path of an operation: literals, placeholders, and perhaps a tail of several
 * segments or a query parameter that tells it apart from another operation.
 *
 * <p>Text form: {@code /pipelines/{pipelineName}/createRun}, {@code /logs/{id}/{rest*}}, {@code
 * /libraries/{libraryName}?comp=appendblock}. Literals match without regard to ASCII case; a
 * placeholder matches one segment, and {@code {apiVersion:version}} one of that {@link SegmentForm
 * form}; a tail matches one or more, none of them an empty one. Immutable.
 */
public final class PathTemplate {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{([A-Za-z]\\w*)(?:(\\*)|:(\\w+))?}");
    private static final Pattern LITERAL = Pattern.compile("\\.?[A-Za-z0-9][A-Za-z0-9._:-]*|-");
    private static final Pattern CONDITION =
            Pattern.compile("([A-Za-z][A-Za-z0-9-]*)=([A-Za-z0-9._-]+)");

    private final String text;
    private final List<Segment> segments;
    private final Optional<QueryCondition> condition;
    private final List<String> parameters;
    private final int[] positions;

    private PathTemplate(String text, List<Segment> segments, Optional<QueryCondition> condition) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.condition = condition;
        this.parameters = segments.stream().flatMap(part -> nameOf(part).stream()).toList();
        this.positions =
                IntStream.range(0, segments.size())
                        .filter(i -> nameOf(segments.get(i)).isPresent())
                        .toArray();
    }

    /** One part of a template between slashes. */
    public sealed interface Segment {
        /**
         * A fixed word.
         *
         * @param text the word as documented
         */
        record Literal(String text) implements Segment {}

        /**
         * Any one segment of a form.
         *
         * @param name what the template calls it
         * @param form what it must look like
         */
        record Placeholder(String name, SegmentForm form) implements Segment {
            /** Makes the place of any name. */
            public Placeholder(String name) {
                this(name, SegmentForm.NAME);
            }
        }

        /**
         * All segments that are left, at least one. Stands last.
         *
         * @param name what the template calls it
         */
        record Tail(String name) implements Segment {}
    }

    /**
     * A query parameter that tells two operations of one method and path apart.
     *
     * @param parameter the parameter's name
     * @param value the value it must have, compared without regard to ASCII case
     */
    public record QueryCondition(String parameter, String value) {}

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if the text is not of the form described above
     */
    public static PathTemplate parse(String text) {
        int question = text.indexOf('?');
        String path = question < 0 ? text : text.substring(0, question);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path `" + text + "` does not start with a slash");
        }
        List<Segment> segments = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            segments.add(segment(part, text));
        }
        checkOrderAndNames(segments, text);
        Optional<QueryCondition> condition =
                question < 0 ? Optional.empty() : Optional.of(condition(text, question));
        return new PathTemplate(text, segments, condition);
    }

    private static Segment segment(String part, String text) {
        Matcher placeholder = PLACEHOLDER.matcher(part);
        if (placeholder.matches()) {
            String name = placeholder.group(1);
            return placeholder.group(2) == null
                    ? new Segment.Placeholder(name, form(placeholder.group(3), text))
                    : new Segment.Tail(name);
        }
        if (LITERAL.matcher(part).matches()) {
            return new Segment.Literal(part);
        }
        throw new IllegalArgumentException("path `" + text + "` has a bad segment `" + part + "`");
    }

    private static SegmentForm form(@Nullable String name, String text) {
        return SegmentForm.find(Objects.requireNonNullElse(name, ""))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "path `" + text + "` has a bad form `" + name + "`"));
    }

    private static void checkOrderAndNames(List<Segment> segments, String text) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < segments.size(); i++) {
            Optional<String> name = nameOf(segments.get(i));
            if (name.isPresent() && !names.add(name.get())) {
                throw new IllegalArgumentException(
                        "path `" + text + "` has two placeholders `" + name.get() + "`");
            }
            if (segments.get(i) instanceof Segment.Tail && i < segments.size() - 1) {
                throw new IllegalArgumentException("path `" + text + "` goes on after its tail");
            }
        }
    }

    private static QueryCondition condition(String text, int question) {
        Matcher condition = CONDITION.matcher(text.substring(question + 1));
        if (!condition.matches()) {
            throw new IllegalArgumentException(
                    "path `" + text + "` has a bad query: expected one name=value");
        }
        return new QueryCondition(condition.group(1), condition.group(2));
    }

    private static Optional<String> nameOf(Segment segment) {
        return switch (segment) {
            case Segment.Literal _ -> Optional.empty();
            case Segment.Placeholder placeholder -> Optional.of(placeholder.name());
            case Segment.Tail tail -> Optional.of(tail.name());
        };
    }

    /** Returns the segments in order. */
    public List<Segment> segments() {
        return segments;
    }

    /** Returns the query parameter that tells the operation apart, if one does. */
    public Optional<QueryCondition> condition() {
        return condition;
    }

    /** Returns the names of the placeholders and the tail, in order. */
    public List<String> parameters() {
        return parameters;
    }

    /**
     * Returns the parameters of a path that this template matches, as they stand in it; a tail's
     * segments are joined with slashes. Runs on every request, so it makes the smallest map.
     *
     * @param path the path's decoded segments; matched before, so not checked again
     */
    Map<String, String> parametersOf(List<String> path) {
        return switch (parameters.size()) {
            case 0 -> Map.of();
            case 1 -> Map.of(parameters.get(0), valueAt(0, path));
            case 2 ->
                    Map.of(
                            parameters.get(0), valueAt(0, path),
                            parameters.get(1), valueAt(1, path));
            case 3 ->
                    Map.of(
                            parameters.get(0), valueAt(0, path),
                            parameters.get(1), valueAt(1, path),
                            parameters.get(2), valueAt(2, path));
            case 4 ->
                    Map.of(
                            parameters.get(0), valueAt(0, path),
                            parameters.get(1), valueAt(1, path),
                            parameters.get(2), valueAt(2, path),
                            parameters.get(3), valueAt(3, path));
            default -> manyParametersOf(path);
        };
    }

    private Map<String, String> manyParametersOf(List<String> path) {
        Map<String, String> values = HashMap.newHashMap(parameters.size());
        for (int i = 0; i < parameters.size(); i++) {
            values.put(parameters.get(i), valueAt(i, path));
        }
        return Map.copyOf(values);
    }

    private String valueAt(int parameter, List<String> path) {
        int position = positions[parameter];
        return segments.get(position) instanceof Segment.Tail
                ? String.join("/", path.subList(position, path.size()))
                : path.get(position);
    }

    /**
     * Returns what templates have in common that match the same paths equally well: the literals in
     * lower case, and which of the other segments are placeholders and tails.
     */
    public String shape() {
        StringJoiner shape = new StringJoiner("/", "/", "");
        for (Segment segment : segments) {
            shape.add(
                    switch (segment) {
                        case Segment.Literal literal -> literal.text().toLowerCase(Locale.ROOT);
                        case Segment.Placeholder placeholder ->
                                "{" + placeholder.form().text() + "}";
                        case Segment.Tail _ -> "{*}";
                    });
        }
        return shape.toString();
    }

    /**
     * Returns the path with values in the place of its placeholders, without encoding them and
     * without the query.
     *
     * @throws IllegalArgumentException if a placeholder has no value
     */
    public String render(Map<String, String> parameters) {
        StringJoiner path = new StringJoiner("/", "/", "");
        for (Segment segment : segments) {
            path.add(
                    switch (segment) {
                        case Segment.Literal literal -> literal.text();
                        case Segment.Placeholder placeholder ->
                                value(parameters, placeholder.name());
                        case Segment.Tail tail -> value(parameters, tail.name());
                    });
        }
        return path.toString();
    }

    private static String value(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no value for `{" + name + "}`"));
    }

    /** Returns whether the object is a template of the same text. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate template && template.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the text the template was read from. */
    @Override
    public String toString() {
        return text;
    }
}
