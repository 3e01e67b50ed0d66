package io.stagedoor.proxy.directory.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.NoAnswerException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One page of {@code transitiveMemberOf}: groups, and directory roles and administrative units,
 * which are left out. Everything but type and id may be null (limited information).
 *
 * @param groups the object ids of the groups
 * @param next the link to the next page
 */
record GroupPage(List<String> groups, Optional<String> next) {

    private static final String GROUP = "#microsoft.graph.group";

    /**
     * Reads a page.
     *
     * @throws NoAnswerException if an entry does not say what it is: it might be a group
     */
    static GroupPage of(JsonNode body) throws NoAnswerException {
        JsonNode entries = body.path("value");
        if (!entries.isArray()) {
            throw unusable("the list of groups is not there");
        }
        List<String> groups = new ArrayList<>();
        for (JsonNode entry : entries) {
            group(entry).ifPresent(groups::add);
        }
        JsonNode next = body.path("@odata.nextLink");
        if (!next.isMissingNode() && !next.isTextual()) {
            throw unusable("the link to the next page is none");
        }
        return new GroupPage(groups, Optional.ofNullable(next.textValue()));
    }

    private static Optional<String> group(JsonNode entry) throws NoAnswerException {
        JsonNode type = entry.path("@odata.type");
        if (!type.isTextual()) {
            throw unusable("an entry does not say what it is");
        }
        if (!type.textValue().equals(GROUP)) {
            return Optional.empty();
        }
        String id = entry.path("id").asText();
        if (!PrincipalId.isGuid(id)) {
            throw unusable("a group has no object id");
        }
        return Optional.of(id);
    }

    private static NoAnswerException unusable(String what) {
        return new NoAnswerException(
                Reason.UNUSABLE, "Microsoft Graph's answer cannot be used: " + what);
    }
}
