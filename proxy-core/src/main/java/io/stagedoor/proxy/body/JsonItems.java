package io.stagedoor.proxy.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.stagedoor.policy.operation.ListFilter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the members of a list that may not be seen: those whose scope is not named by one text at the
 * one place for it, too. A document that some reader could understand otherwise (a member that stands
 * twice, or in another case) is none. For one document.
 */
final class JsonItems {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final String text;
    private final List<String> path;
    private final List<String> namePath;
    private final Predicate<String> visible;
    private final ListCuts cuts = new ListCuts();

    JsonItems(String text, ListFilter filter, Predicate<String> visible) {
        this.text = text;
        this.path = filter.path();
        this.namePath = filter.namePath();
        this.visible = visible;
    }

    /**
     * Reads the document.
     *
     * @throws IOException if it is no JSON, can be read in two ways, or has no such list
     */
    ListCuts hidden() throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            require(parser, parser.nextToken() == JsonToken.START_OBJECT);
            descend(parser, 0);
            require(parser, parser.nextToken() == null);
        }
        return cuts;
    }

    /** Goes through an object on the way; one with nothing in it, but the outermost, holds no items. */
    private void descend(JsonParser parser, int depth) throws IOException {
        String wanted = path.get(depth);
        boolean found = false;
        boolean empty = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            empty = false;
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(wanted)) {
                found = true;
                follow(parser, depth);
            } else {
                require(parser, !name.equalsIgnoreCase(wanted));
                parser.skipChildren();
            }
        }
        require(parser, found || (empty && depth > 0));
    }

    private void follow(JsonParser parser, int depth) throws IOException {
        if (depth == path.size() - 1) {
            require(parser, parser.currentToken() == JsonToken.START_ARRAY);
            items(parser);
        } else {
            require(parser, parser.currentToken() == JsonToken.START_OBJECT);
            descend(parser, depth + 1);
        }
    }

    /** A hidden item goes with the comma after it; hidden ones at the end go with that before them. */
    private void items(JsonParser parser) throws IOException {
        int hiddenFrom = -1;
        int keptTo = -1;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            int start = tokenStart(parser, '{');
            boolean kept = name(parser, 0).filter(visible).isPresent();
            if (kept) {
                cutIf(hiddenFrom >= 0, hiddenFrom, start);
                hiddenFrom = -1;
                keptTo = tokenStart(parser, '}') + 1;
            } else {
                cuts.count();
                hiddenFrom = hiddenFrom < 0 ? start : hiddenFrom;
            }
        }
        require(parser, parser.currentToken() == JsonToken.END_ARRAY);
        cutIf(hiddenFrom >= 0, keptTo < 0 ? hiddenFrom : keptTo, tokenStart(parser, ']'));
    }

    private void cutIf(boolean hidden, int from, int to) {
        if (hidden) {
            cuts.cut(from, to);
        }
    }

    private int tokenStart(JsonParser parser, char mark) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        require(parser, text.charAt(start) == mark);
        return start;
    }

    /** Reads an object to its end, and returns the name in it. */
    private Optional<String> name(JsonParser parser, int depth) throws IOException {
        String wanted = namePath.get(depth);
        Optional<String> found = Optional.empty();
        boolean ambiguous = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            if (member.equals(wanted)) {
                found = value(parser, depth);
            } else {
                ambiguous |= member.equalsIgnoreCase(wanted);
                parser.skipChildren();
            }
        }
        return ambiguous ? Optional.empty() : found;
    }

    private Optional<String> value(JsonParser parser, int depth) throws IOException {
        boolean last = depth == namePath.size() - 1;
        if (last && parser.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(parser.getText());
        }
        if (!last && parser.currentToken() == JsonToken.START_OBJECT) {
            return name(parser, depth + 1);
        }
        parser.skipChildren();
        return Optional.empty();
    }

    private static void require(JsonParser parser, boolean asExpected) throws IOException {
        if (!asExpected) {
            throw new JsonParseException(parser, "no such list");
        }
    }
}
