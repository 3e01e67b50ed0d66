package io.stagedoor.proxy.scim.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One thing that becomes otherwise. Several of them make one line of the journal. */
public sealed interface Change {

    /**
     * A resource is new, or other than it was.
     *
     * @param resource its attributes, without members
     */
    record Put(Kind kind, String id, ObjectNode resource) implements Change {}

    /** A group has other members. */
    record Members(String group, Set<String> added, Set<String> removed) implements Change {

        /** Copies the sets, in their order. */
        public Members {
            added = new LinkedHashSet<>(added);
            removed = new LinkedHashSet<>(removed);
        }
    }

    /** A resource is gone, and from all groups. */
    record Delete(String id) implements Change {}

    /** Returns the changes as one line of JSON, without its end. */
    static String line(List<Change> changes) {
        ArrayNode line = JsonNodeFactory.instance.arrayNode();
        for (Change change : changes) {
            ObjectNode node = line.addObject();
            switch (change) {
                case Put(Kind kind, String id, ObjectNode resource) ->
                        node.put("put", kind.name()).put("id", id).set("resource", resource);
                case Members(String group, Set<String> added, Set<String> removed) -> {
                    node.put("members", group).set("add", texts(added));
                    node.set("remove", texts(removed));
                }
                case Delete(String id) -> node.put("delete", id);
            }
        }
        return line.toString();
    }

    /**
     * Reads a line.
     *
     * @throws IOException if it is not one that was written by {@link #line}
     */
    static List<Change> parse(JsonNode line) throws IOException {
        if (!line.isArray()) {
            throw new IOException("a line is not a list of changes");
        }
        List<Change> changes = new ArrayList<>();
        for (JsonNode node : line) {
            changes.add(change(node));
        }
        return changes;
    }

    private static Change change(JsonNode node) throws IOException {
        if (node.path("resource") instanceof ObjectNode resource) {
            Kind kind = node.path("put").asText().equals("USER") ? Kind.USER : Kind.GROUP;
            return new Put(kind, node.path("id").asText(), resource);
        }
        if (node.has("members")) {
            return new Members(
                    node.path("members").asText(),
                    texts(node.path("add")),
                    texts(node.path("remove")));
        }
        if (node.path("delete").isTextual()) {
            return new Delete(node.path("delete").asText());
        }
        throw new IOException("a change of an unknown kind");
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
