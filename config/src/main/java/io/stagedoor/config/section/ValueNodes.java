package io.stagedoor.config.section;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.text.YamlNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads nodes that are single values, or lists of them; complaints go to the section. */
final class ValueNodes {

    private final Section owner;

    ValueNodes(Section owner) {
        this.owner = owner;
    }

    <T> Setting<T> scalar(String where, YamlNode value, Kind<T> kind) {
        return switch (value) {
            case YamlNode.Scalar scalar when scalar.isNothing() ->
                    owner.refuse(
                            scalar.position(),
                            where + ": no value is given, expected " + kind.expected(),
                            "write for example `" + kind.example() + "`, or remove the key");
            case YamlNode.Scalar scalar -> parsed(where, scalar, kind.parse(scalar));
            case YamlNode.Sequence _, YamlNode.Mapping _ ->
                    owner.wrongForm(where, value, kind.expected());
            case YamlNode.Refused _ -> owner.silently();
        };
    }

    private <T> Setting<T> parsed(String where, YamlNode.Scalar scalar, Parsed<T> parsed) {
        String name = where + ": ";
        return switch (parsed) {
            case Parsed.Value<T>(T value) -> new Setting.Good<>(value, scalar.position());
            case Parsed.Suspect<T>(T value, String message, String help) -> {
                owner.reading().problems().warn(scalar.position(), name + message, help);
                yield new Setting.Good<>(value, scalar.position());
            }
            case Parsed.Wrong<T>(String message, String help) ->
                    owner.refuse(scalar.position(), name + message, help);
        };
    }

    <T> Setting<Set<T>> items(String where, YamlNode value, Kind<T> kind) {
        return switch (value) {
            case YamlNode.Sequence list when list.items().isEmpty() ->
                    owner.refuse(
                            list.position(),
                            where + ": the list is empty",
                            "write at least one, for example `[" + kind.example() + "]`");
            case YamlNode.Sequence list -> items(where, list, kind);
            case YamlNode.Refused _ -> owner.silently();
            case YamlNode.Scalar _, YamlNode.Mapping _ ->
                    owner.wrongForm(where, value, listOf(kind));
        };
    }

    private <T> Setting<Set<T>> items(String where, YamlNode.Sequence list, Kind<T> kind) {
        Set<T> values = new LinkedHashSet<>();
        boolean allGood = true;
        for (int index = 0; index < list.items().size(); index++) {
            YamlNode item = list.items().get(index);
            String itemPlace = where + "[" + index + "]";
            Setting<T> setting = scalar(itemPlace, item, kind);
            allGood &= setting.isGood();
            if (setting.isGood() && !values.add(setting.value())) {
                allGood = false;
                owner.refuse(item.position(), itemPlace + ": this value is repeated", "remove it");
            }
        }
        return allGood
                ? new Setting.Good<>(ordered(values), list.position())
                : new Setting.Refused<>();
    }

    static String listOf(Kind<?> kind) {
        return "a list, each " + kind.expected();
    }

    static <T> Set<T> ordered(Collection<T> values) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }
}
