package io.stagedoor.config.section;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.Spelling;
import io.stagedoor.config.text.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A mapping being read. Each key is asked for by one call that says what it must be; nothing is
 * thrown for what is wrong, it is complained about and the reading goes on.
 *
 * <p>Not safe for threads.
 */
public final class Section {

    private final YamlNode.Mapping node;
    private final String path;
    private final Reading reading;
    private final Set<String> asked = new LinkedHashSet<>();
    private boolean refused;

    Section(YamlNode.Mapping node, String path, Reading reading) {
        this.node = node;
        this.path = path;
        this.reading = reading;
    }

    /** Returns the pass over the file that this section belongs to. */
    public Reading reading() {
        return reading;
    }

    /** Returns where the section starts. */
    public Position position() {
        return node.position();
    }

    /** Returns where the value of a key stands, or where the section starts if it is not there. */
    public Position positionOf(String key) {
        return written(key).map(YamlNode::position).orElse(position());
    }

    /** Returns whether the key is written here. */
    public boolean has(String key) {
        return node.entries().containsKey(key);
    }

    /** Reads a key that must be there. */
    public <T> Setting<T> required(String key, Kind<T> kind) {
        ask(key, kind.expected(), true, Optional.empty());
        return written(key)
                .map(value -> scalar(key, value, kind))
                .orElseGet(() -> missing(key, "`" + key + ": " + kind.example() + "`"));
    }

    /** Reads a key that has a default. */
    public <T> Setting<T> optional(String key, Kind<T> kind, T fallback) {
        ask(key, kind.expected(), false, Optional.of(kind.display().apply(fallback)));
        return written(key)
                .map(value -> scalar(key, value, kind))
                .orElseGet(() -> new Setting.Good<>(fallback, position()));
    }

    /** Reads a key whose default is checked like a written value, such as a file's place. */
    public <T> Setting<T> optionalAs(String key, Kind<T> kind, String fallback) {
        ask(key, kind.expected(), false, Optional.of(fallback));
        if (reading.isProbing()) {
            return silently();
        }
        YamlNode value =
                written(key).orElseGet(() -> new YamlNode.Scalar(fallback, true, position()));
        return scalar(key, value, kind);
    }

    /** Reads a key that may be left out. */
    public <T> Setting<Optional<T>> optional(String key, Kind<T> kind) {
        ask(key, kind.expected(), false, Optional.empty());
        return written(key)
                .map(value -> scalar(key, value, kind).map(Optional::of))
                .orElseGet(() -> new Setting.Good<>(Optional.empty(), position()));
    }

    /** Reads a list of single values that must be there and not be empty. */
    public <T> Setting<Set<T>> requiredSet(String key, Kind<T> kind) {
        ask(key, ValueNodes.listOf(kind), true, Optional.empty());
        return written(key)
                .map(value -> items(key, value, kind))
                .orElseGet(() -> missing(key, "`" + key + ": [" + kind.example() + "]`"));
    }

    /** Reads a list of single values that has a default; if written, it may not be empty. */
    public <T> Setting<Set<T>> optionalSet(String key, Kind<T> kind, Collection<T> fallback) {
        ask(key, ValueNodes.listOf(kind), false, Optional.of(shown(kind, fallback)));
        return written(key)
                .map(value -> items(key, value, kind))
                .orElseGet(() -> new Setting.Good<>(ValueNodes.ordered(fallback), position()));
    }

    /** Reads a section whose keys have their own defaults if it is left out. */
    public <T> Setting<T> section(String key, SectionReader<T> reader) {
        ask(key, "a section", false, Optional.empty());
        YamlNode value = written(key).orElse(YamlNode.Mapping.empty(position()));
        return inner(value, join(path, key), reader);
    }

    /** Reads a section that may be left out. */
    public <T> Setting<Optional<T>> optionalSection(String key, SectionReader<T> reader) {
        return has(key) || reading.isProbing()
                ? section(key, reader).map(Optional::of)
                : section(key, in -> Optional.of(Optional.empty()));
    }

    /** Reads a section that must be there. */
    public <T> Setting<T> requiredSection(String key, SectionReader<T> reader) {
        ask(key, "a section", true, Optional.empty());
        if (reading.isProbing()) {
            return inner(YamlNode.Mapping.empty(position()), join(path, key), reader);
        }
        return written(key)
                .map(value -> inner(value, join(path, key), reader))
                .orElseGet(() -> missing(key, "the section `" + key + ":`"));
    }

    /** Reads a list of sections; {@code least} is 0 or 1, the number that must be there. */
    public <T> Setting<List<T>> sections(String key, SectionReader<T> reader, int least) {
        ask(key, "a list of sections", least > 0, Optional.empty());
        if (reading.isProbing()) {
            inner(YamlNode.Mapping.empty(position()), join(path, key) + "[]", reader);
        }
        Optional<YamlNode> value = written(key);
        if (value.isEmpty()) {
            return least == 0
                    ? new Setting.Good<>(List.of(), position())
                    : missing(key, "a list `" + key + ":` with at least one entry");
        }
        return each(key, value.get(), reader, least);
    }

    /** Reads a section that holds exactly one of several sections, such as a kind of credential. */
    public <T> Setting<T> oneOf(String key, Map<String, SectionReader<T>> choices) {
        return requiredSection(key, in -> in.choice(choices));
    }

    /** Reads such a section that may be left out. */
    public <T> Setting<Optional<T>> optionalOneOf(
            String key, Map<String, SectionReader<T>> choices) {
        return optionalSection(key, in -> in.choice(choices));
    }

    private <T> Optional<T> choice(Map<String, SectionReader<T>> choices) {
        List<Setting<T>> chosen = new ArrayList<>();
        for (Map.Entry<String, SectionReader<T>> choice : choices.entrySet()) {
            boolean read = has(choice.getKey()) || reading.isProbing();
            asked.add(choice.getKey());
            if (read) {
                chosen.add(section(choice.getKey(), choice.getValue()));
            }
        }
        String names = Quoted.list(choices.keySet());
        if (chosen.isEmpty()) {
            refuse(position(), path + ": none of " + names + " is given", "choose exactly one");
        }
        if (chosen.size() > 1) {
            refuse(
                    position(),
                    path + ": more than one of " + names + " is given",
                    "choose exactly one");
        }
        return build(() -> chosen.getFirst().value());
    }

    /** Complains about a key's value that is good in itself, unless the rule holds. */
    public <T> Setting<T> check(
            String key, Setting<T> setting, Predicate<T> rule, String message, String help) {
        if (setting instanceof Setting.Good<T>(T value, _) && !rule.test(value)) {
            return refuse(key, message, help);
        }
        return setting;
    }

    /** Complains about a key's value; about the section if the key is not written. */
    public <T> Setting<T> refuse(String key, String message, String help) {
        return refuse(positionOf(key), join(path, key) + ": " + message, help);
    }

    /** Complains about a key's value, or the section if the key is not written, and lets it be. */
    public void warn(String key, String message, String help) {
        reading.problems().warn(positionOf(key), join(path, key) + ": " + message, help);
    }

    <T> Setting<T> refuse(Position at, String message, String help) {
        reading.problems().add(at, message, help);
        refused = true;
        return new Setting.Refused<>();
    }

    /** Makes one value of several settings of this section, if all of them are good. */
    public <T> Setting<T> combine(Supplier<T> result, List<Setting<?>> parts) {
        return parts.stream().allMatch(Setting::isGood)
                ? new Setting.Good<>(result.get(), position())
                : new Setting.Refused<>();
    }

    /**
     * Ends the section: complains about keys nobody asked for, and makes the result if there is no
     * complaint about anything in the section.
     */
    public <T> Optional<T> build(Supplier<T> result) {
        node.entries().entrySet().stream()
                .filter(entry -> !asked.contains(entry.getKey()))
                .forEach(entry -> unknown(entry.getKey(), entry.getValue().keyPosition()));
        return refused || reading.isProbing() ? Optional.empty() : Optional.of(result.get());
    }

    private <T> Setting<T> scalar(String key, YamlNode value, Kind<T> kind) {
        return new ValueNodes(this).scalar(join(path, key), value, kind);
    }

    private <T> Setting<Set<T>> items(String key, YamlNode value, Kind<T> kind) {
        return new ValueNodes(this).items(join(path, key), value, kind);
    }

    private <T> Setting<T> inner(YamlNode value, String innerPath, SectionReader<T> reader) {
        return switch (value) {
            case YamlNode.Mapping mapping -> inner(mapping, innerPath, reader);
            case YamlNode.Scalar scalar when scalar.isNothing() ->
                    inner(YamlNode.Mapping.empty(scalar.position()), innerPath, reader);
            case YamlNode.Refused _ -> silently();
            case YamlNode.Scalar _, YamlNode.Sequence _ ->
                    wrongForm(innerPath, value, "a section of keys");
        };
    }

    private <T> Setting<T> inner(
            YamlNode.Mapping mapping, String innerPath, SectionReader<T> reader) {
        Optional<T> result = reader.read(new Section(mapping, innerPath, reading));
        return result.<Setting<T>>map(value -> new Setting.Good<>(value, mapping.position()))
                .orElseGet(this::silently);
    }

    private <T> Setting<List<T>> each(
            String key, YamlNode value, SectionReader<T> reader, int least) {
        return switch (value) {
            case YamlNode.Sequence list when list.items().size() < least ->
                    refuse(
                            list.position(),
                            join(path, key) + ": the list is empty",
                            "write at least one entry");
            case YamlNode.Sequence list -> each(key, list, reader);
            case YamlNode.Refused _ -> silently();
            case YamlNode.Scalar _, YamlNode.Mapping _ ->
                    wrongForm(join(path, key), value, "a list of sections, each after `- `");
        };
    }

    private <T> Setting<List<T>> each(String key, YamlNode.Sequence list, SectionReader<T> reader) {
        List<T> results = new ArrayList<>();
        for (int index = 0; index < list.items().size(); index++) {
            String itemPath = join(path, key) + "[" + index + "]";
            Setting<T> item = inner(list.items().get(index), itemPath, reader);
            if (item.isGood()) {
                results.add(item.value());
            }
        }
        return results.size() == list.items().size()
                ? new Setting.Good<>(List.copyOf(results), list.position())
                : new Setting.Refused<>();
    }

    private <T> Setting<T> missing(String key, String what) {
        return refuse(position(), join(path, key) + ": missing", "add " + what);
    }

    <T> Setting<T> wrongForm(String where, YamlNode value, String expected) {
        return refuse(
                value.position(),
                where + ": expected " + expected + ", found " + value.form(),
                "check the indentation and the dashes");
    }

    /** Refuses without a word, because what is wrong was said at another place. */
    public <T> Setting<T> silently() {
        refused = true;
        return new Setting.Refused<>();
    }

    private void unknown(String key, Position at) {
        Optional<String> near = Spelling.nearest(key, asked);
        String where = path.isEmpty() ? "at the top" : "in " + path;
        refuse(
                at,
                "unknown key "
                        + Quoted.of(key)
                        + " "
                        + where
                        + near.map(word -> "; did you mean `" + word + "`?").orElse(""),
                "known here: " + Quoted.list(asked));
    }

    private Optional<YamlNode> written(String key) {
        return Optional.ofNullable(node.entries().get(key)).map(YamlNode.Entry::value);
    }

    private void ask(String key, String expected, boolean isRequired, Optional<String> fallback) {
        asked.add(key);
        reading.note(new KnownKey(join(path, key), expected, isRequired, fallback));
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static <T> String shown(Kind<T> kind, Collection<T> values) {
        return values.stream().map(kind.display()).toList().toString();
    }
}
