package io.stagedoor.config.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;

/** Builds the tree of nodes from the parser's events; refuses what the subset leaves out. */
final class TreeBuilder {

    private static final int MAX_DEPTH = 32;

    /** Ends the reading; the complaint stands already. */
    private static final class TooDeepException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooDeepException() {
            super("nested too deeply", null, false, false);
        }
    }

    private final Iterator<Event> events;
    private final Problems problems;

    TreeBuilder(Iterator<Event> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /** Returns the root, or nothing if the reading had to end early. */
    Optional<YamlNode> document() {
        try {
            return Optional.of(root());
        } catch (TooDeepException _) {
            return Optional.empty();
        }
    }

    private YamlNode root() {
        events.next(); // the start of the stream
        if (events.next() instanceof StreamEndEvent) {
            return YamlNode.Mapping.empty(Position.START);
        }
        YamlNode root = node(events.next(), 0);
        events.next(); // the end of the document
        if (events.next() instanceof DocumentStartEvent second) {
            problems.add(
                    position(second),
                    "a second document starts here",
                    "keep one document in a file: remove what follows");
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        refuseDecoration(event);
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start when depth >= MAX_DEPTH -> throw tooDeep(start);
            case SequenceStartEvent start -> sequence(start, depth);
            case MappingStartEvent start -> mapping(start, depth);
            default -> alias(event);
        };
    }

    private static YamlNode scalar(ScalarEvent scalar) {
        return new YamlNode.Scalar(scalar.getValue(), scalar.isPlain(), position(scalar));
    }

    private YamlNode sequence(SequenceStartEvent start, int depth) {
        List<YamlNode> items = new ArrayList<>();
        Event event = events.next();
        while (!(event instanceof CollectionEndEvent)) {
            items.add(node(event, depth + 1));
            event = events.next();
        }
        return new YamlNode.Sequence(items, position(start));
    }

    private YamlNode mapping(MappingStartEvent start, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (!(event instanceof CollectionEndEvent)) {
            YamlNode key = node(event, depth + 1);
            YamlNode value = node(events.next(), depth + 1);
            put(entries, key, value);
            event = events.next();
        }
        return new YamlNode.Mapping(entries, position(start));
    }

    private void put(Map<String, YamlNode.Entry> entries, YamlNode key, YamlNode value) {
        switch (key) {
            case YamlNode.Scalar scalar -> put(entries, scalar, value);
            case YamlNode.Refused _ -> {
                // complained about already
            }
            case YamlNode.Sequence _, YamlNode.Mapping _ ->
                    problems.add(
                            key.position(), key.form() + " may not be a key", "write a plain word");
        }
    }

    private void put(Map<String, YamlNode.Entry> entries, YamlNode.Scalar key, YamlNode value) {
        YamlNode.Entry first =
                entries.putIfAbsent(key.text(), new YamlNode.Entry(key.position(), value));
        if (first != null) {
            problems.add(
                    key.position(),
                    "the key "
                            + Quoted.of(key.text())
                            + " is repeated; it stands first at "
                            + first.keyPosition(),
                    "remove one of the two");
        }
    }

    private void refuseDecoration(Event event) {
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            String name = node.getAnchor().get().getValue();
            String form = event.getEventId() == Event.ID.Alias ? "the alias " : "the anchor ";
            problems.add(
                    position(event),
                    form + Quoted.of(name) + " is not allowed",
                    "write the value out where it is needed");
        }
        Optional<String> tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case CollectionStartEvent start -> start.getTag();
                    default -> Optional.empty();
                };
        tag.ifPresent(
                name ->
                        problems.add(
                                position(event),
                                "the tag " + Quoted.of(name) + " is not allowed",
                                "remove the tag: each key knows its own type"));
    }

    private static YamlNode alias(Event event) {
        return new YamlNode.Refused(position(event));
    }

    /** Reading on would cost the parser time that grows with the square of the depth. */
    private TooDeepException tooDeep(CollectionStartEvent start) {
        problems.add(
                position(start),
                "this is nested deeper than " + MAX_DEPTH + " levels",
                "no key of Stagedoor needs that: check the indentation; nothing behind it was"
                        + " checked");
        return new TooDeepException();
    }

    private static Position position(Event event) {
        return event.getStartMark().map(Lines::of).orElse(Position.START);
    }
}
