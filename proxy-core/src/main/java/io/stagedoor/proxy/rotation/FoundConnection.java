package io.stagedoor.proxy.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.refresh.site.TableauCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A connection as the site lists it.
 *
 * @param id its LUID
 * @param server the server it goes to; empty if none is said
 * @param user the user it has; empty if none is said
 */
record FoundConnection(String id, String server, String user) {

    private static final Pattern LUID =
            Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** Reads a list; virtual connections have words of their own for the same things. */
    static List<FoundConnection> listed(EmbeddedConnection.Kind kind, JsonNode answer)
            throws TableauCallException {
        boolean virtual = kind == EmbeddedConnection.Kind.VIRTUAL_CONNECTION;
        JsonNode listed =
                answer.at(
                        virtual
                                ? "/virtualConnectionConnections/connection"
                                : "/connections/connection");
        List<FoundConnection> found = new ArrayList<>();
        for (JsonNode each : listed) {
            FoundConnection connection =
                    virtual
                            ? new FoundConnection(
                                    each.path("connectionId").asText(each.path("id").asText("")),
                                    each.path("server").asText(""),
                                    each.path("username").asText(""))
                            : new FoundConnection(
                                    each.path("id").asText(""),
                                    each.path("serverAddress").asText(""),
                                    each.path("userName").asText(""));
            if (!LUID.matcher(connection.id()).matches()) {
                throw new TableauCallException(200, "the site lists a connection without a LUID");
            }
            found.add(connection);
        }
        return found;
    }
}
