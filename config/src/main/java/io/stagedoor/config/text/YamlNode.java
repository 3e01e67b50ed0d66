package io.stagedoor.config.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of a YAML document with its position: a scalar, a list, a mapping, or one refused. */
public sealed interface YamlNode {

    /** Returns where the node starts. */
    Position position();

    /** Returns what a person calls this form of node, for complaints. */
    String form();

    /**
     * A single value.
     *
     * @param text the value without quotes and escapes
     * @param plain whether it stood without quotes, so that {@code 8443} may mean a number
     */
    record Scalar(String text, boolean plain, Position position) implements YamlNode {

        /** Returns whether nothing, {@code ~} or {@code null} was written. */
        public boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String form() {
            return isNothing() ? "nothing" : "a single value";
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Position position) implements YamlNode {

        /** Copies the items. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String form() {
            return "a list";
        }
    }

    /**
     * A mapping from keys to values, in the order of the file. Of a repeated key the first stays.
     */
    record Mapping(Map<String, Entry> entries, Position position) implements YamlNode {

        /** Copies the entries, keeping their order. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** Returns a mapping without keys. */
        public static Mapping empty(Position position) {
            return new Mapping(Map.of(), position);
        }

        @Override
        public String form() {
            return "a mapping";
        }
    }

    /** A node that was already complained about; what reads it says nothing more. */
    record Refused(Position position) implements YamlNode {

        @Override
        public String form() {
            return "something refused";
        }
    }

    /** A key's place and its value. */
    record Entry(Position keyPosition, YamlNode value) {}
}
