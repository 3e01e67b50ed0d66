package io.stagedoor.proxy.directory.synapse;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.FetchedRole;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The role calls of the Synapse access-control API, version {@code 2020-12-01}.
 *
 * <p>All calls block, give the whole answer or throw, and may be made from any virtual thread.
 */
public final class SynapseRoleApi {

    private static final String VERSION = "?api-version=2020-12-01";
    private static final String ASSIGNMENTS = "/roleAssignments" + VERSION;
    private static final String DEFINITIONS = "/roleDefinitions" + VERSION;
    private static final String CONTINUATION = "x-ms-continuation";

    private final WorkspaceReader reader;

    /** Makes the calls go through a reader. */
    public SynapseRoleApi(WorkspaceReader reader) {
        this.reader = reader;
    }

    /**
     * Lists all role assignments, without filter, to the last page.
     *
     * <p>The end is an absent, empty or {@code null} {@code x-ms-continuation} field. A value that
     * was seen before, and a list beyond the limits, are errors: a list that cannot end is not read
     * forever, and none is cut short.
     *
     * @throws WorkspaceReadException if any page cannot be read
     */
    public AssignmentListing assignments() throws WorkspaceReadException {
        Instant begun = reader.clock().instant();
        Map<String, ListedAssignment> byId = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        String continuation = "";
        int pages = 0;
        int listed = 0;
        do {
            WorkspaceAnswer answer = page(continuation, begun);
            List<ListedAssignment> items = parsed(answer, ++pages);
            items.forEach(item -> byId.put(key(item.id()), item));
            listed += items.size();
            continuation = continuation(answer.fields());
            requireProgress(continuation, seen, pages, byId.size());
        } while (!continuation.isEmpty());
        return new AssignmentListing(
                begun, List.copyOf(byId.values()), pages, listed - byId.size());
    }

    /**
     * Lists all role definitions.
     *
     * @throws WorkspaceReadException if they cannot be read, or the list is empty
     */
    public List<FetchedRole> definitions() throws WorkspaceReadException {
        WorkspaceAnswer answer = reader.get(DEFINITIONS, Map.of(), reader.limits().answer());
        requireFound(answer, "role definitions");
        try {
            return List.copyOf(RoleDefinitionList.parse(answer.body()));
        } catch (IOException malformed) {
            throw new WorkspaceReadException(
                    "the role definitions are not readable: " + ReadFault.of(malformed));
        }
    }

    /**
     * Reads the scope text of one stored role assignment.
     *
     * @param id the assignment's id
     * @return the scope; empty if the workspace holds no such assignment
     * @throws WorkspaceReadException if the workspace does not say
     */
    public Optional<String> scopeOf(String id) throws WorkspaceReadException {
        WorkspaceAnswer answer =
                reader.get(
                        "/roleAssignments/" + PathSegment.encode(id) + VERSION,
                        Map.of(),
                        reader.limits().answer());
        if (answer.status() == WorkspaceReader.NOT_FOUND) {
            return Optional.empty();
        }
        requireFound(answer, "role assignment");
        try {
            return Optional.of(AssignmentPage.parseOne(answer.body()).scope());
        } catch (IOException malformed) {
            throw new WorkspaceReadException(
                    "the role assignment is not readable: " + ReadFault.of(malformed));
        }
    }

    /** Returns the form of an id in which equal ids are equal strings. */
    private static String key(String id) {
        return PrincipalId.isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }

    private WorkspaceAnswer page(String continuation, Instant begun) throws WorkspaceReadException {
        Duration left =
                reader.limits().list().minus(Duration.between(begun, reader.clock().instant()));
        if (!left.isPositive()) {
            throw new WorkspaceReadException(
                    "the role assignments were not read within " + reader.limits().list());
        }
        Map<String, String> fields =
                continuation.isEmpty() ? Map.of() : Map.of(CONTINUATION, continuation);
        WorkspaceAnswer answer = reader.get(ASSIGNMENTS, fields, left);
        requireFound(answer, "role assignments");
        return answer;
    }

    private void requireProgress(String continuation, Set<String> seen, int pages, int assignments)
            throws WorkspaceReadException {
        ReadLimits limits = reader.limits();
        if (assignments > limits.assignments()) {
            throw new WorkspaceReadException(
                    "there are more than " + limits.assignments() + " role assignments");
        }
        if (continuation.isEmpty()) {
            return;
        }
        if (!seen.add(continuation)) {
            throw new WorkspaceReadException(
                    "page " + pages + " continues where an earlier page did: the list has no end");
        }
        if (pages >= limits.pages()) {
            throw new WorkspaceReadException(
                    "there are more than " + limits.pages() + " pages of role assignments");
        }
    }

    private static List<ListedAssignment> parsed(WorkspaceAnswer answer, int page)
            throws WorkspaceReadException {
        try {
            return AssignmentPage.parse(answer.body());
        } catch (IOException malformed) {
            throw new WorkspaceReadException(
                    "page "
                            + page
                            + " of the role assignments is not readable: "
                            + ReadFault.of(malformed));
        }
    }

    private static String continuation(HttpHeaders fields) throws WorkspaceReadException {
        List<String> values =
                fields.allValues(CONTINUATION).stream()
                        .map(String::strip)
                        .filter(value -> !value.isEmpty() && !value.equalsIgnoreCase("null"))
                        .distinct()
                        .toList();
        if (values.size() > 1) {
            throw new WorkspaceReadException("a page names two different next pages");
        }
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static void requireFound(WorkspaceAnswer answer, String what)
            throws WorkspaceReadException {
        if (!answer.isFound()) {
            throw new WorkspaceReadException(
                    "the workspace answered status "
                            + answer.status()
                            + " when asked for its "
                            + what);
        }
    }
}
