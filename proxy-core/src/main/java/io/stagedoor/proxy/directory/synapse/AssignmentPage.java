package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stagedoor.proxy.directory.remote.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The body of one page of {@code GET /roleAssignments}: an object whose {@code value} is an array of
 * assignments.
 *
 * <p>{@code count} is the page's own and not looked at; {@code principalType} has been seen with
 * undocumented values and never decides; members not known here are skipped. A {@code nextLink} is
 * an error: the documented call has none, so there would be pages that this reader cannot find.
 */
final class AssignmentPage {

    private static final Set<String> TEXTS =
            Set.of("id", "roleDefinitionId", "principalId", "scope");

    private AssignmentPage() {}

    /**
     * Reads a page.
     *
     * @throws IOException if the body is not of the documented shape; the message says where
     */
    static List<ListedAssignment> parse(byte[] body) throws IOException {
        try (JsonParser json = StrictJson.parser(body)) {
            List<ListedAssignment> items = new ArrayList<>();
            boolean isListed = false;
            StrictJson.expect(json, JsonToken.START_OBJECT, "an object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                isListed |= readMember(json, items);
            }
            StrictJson.expectEnd(json);
            if (!isListed) {
                throw new IOException("expected a member `value`");
            }
            return items;
        }
    }

    /**
     * Reads the body of {@code GET /roleAssignments/{id}}: one assignment.
     *
     * @throws IOException if the body is not of the documented shape
     */
    static ListedAssignment parseOne(byte[] body) throws IOException {
        try (JsonParser json = StrictJson.parser(body)) {
            StrictJson.expect(json, JsonToken.START_OBJECT, "an object");
            ListedAssignment item = item(json, 0);
            StrictJson.expectEnd(json);
            return item;
        }
    }

    /** Reads one member of the page; returns whether it was the list. */
    private static boolean readMember(JsonParser json, List<ListedAssignment> items)
            throws IOException {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("value")) {
            readItems(json, items);
            return true;
        }
        if (name.equalsIgnoreCase("nextLink") && token != JsonToken.VALUE_NULL) {
            throw new IOException("a `nextLink` is not part of this call's documented answer");
        }
        json.skipChildren();
        return false;
    }

    private static void readItems(JsonParser json, List<ListedAssignment> items)
            throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("expected an array as `value`");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected an object at index " + items.size());
            }
            items.add(item(json, items.size()));
        }
    }

    private static ListedAssignment item(JsonParser json, int index) throws IOException {
        Map<String, String> texts = HashMap.newHashMap(TEXTS.size());
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (!TEXTS.contains(name)) {
                json.skipChildren();
            } else if (token == JsonToken.VALUE_STRING) {
                texts.put(name, json.getText());
            } else {
                throw new IOException("expected a string as `" + name + "` at index " + index);
            }
        }
        return new ListedAssignment(
                required(texts, "id", index),
                required(texts, "roleDefinitionId", index),
                required(texts, "principalId", index),
                required(texts, "scope", index));
    }

    private static String required(Map<String, String> texts, String name, int index)
            throws IOException {
        String text = texts.get(name);
        if (text == null) {
            throw new IOException("expected a member `" + name + "` at index " + index);
        }
        return text;
    }
}
