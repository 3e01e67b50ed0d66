package io.stagedoor.proxy.directory.okta;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupFinding;
import io.stagedoor.proxy.directory.groups.GroupNames;
import io.stagedoor.proxy.directory.groups.GroupSource;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.NoAnswerException.Reason;
import io.stagedoor.proxy.directory.remote.RemoteAnswer;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Okta for the groups of a user: {@code GET /api/v1/users/{id}/groups}. Okta's groups do not
 * nest. An application is no user, so its groups are not known. Okta's pages are linked by {@code Link} fields, and it says when to come back by {@code
 * X-Rate-Limit-Reset}. Safe for any thread.
 */
public final class OktaGroups implements GroupSource {

    private static final String NAME = "Okta";

    private final RemoteReader reader;
    private final GroupNames names;

    /**
     * Makes a source that asks by the reader, and closes it.
     *
     * @param names turns what Okta calls its groups into principals
     */
    public OktaGroups(RemoteReader reader, GroupNames names) {
        this.reader = reader;
        this.names = names;
    }

    @Override
    public Set<PrincipalId> groupsOf(PrincipalId principal, PrincipalKind kind)
            throws NoAnswerException {
        Set<PrincipalId> groups = new HashSet<>();
        Set<String> asked = new HashSet<>();
        Optional<String> next =
                Optional.of("/api/v1/users/" + segment(principal) + "/groups?limit=200");
        while (next.isPresent()) {
            if (!asked.add(next.get()) || asked.size() > reader.limits().pages()) {
                throw new NoAnswerException(Reason.UNUSABLE, NAME + "'s list does not end");
            }
            RemoteAnswer page = page(next.get(), asked.size() > 1);
            addGroups(page.body(), groups);
            Optional<String> link = NextLink.of(page.fields());
            next = link.isEmpty() ? link : Optional.of(reader.targetOf(link.get()));
        }
        return groups;
    }

    /** What an id may hold is written as it is in a path, but for one character. */
    private static String segment(PrincipalId principal) {
        return principal.objectId().replace("|", "%7C");
    }

    private RemoteAnswer page(String target, boolean further) throws NoAnswerException {
        try {
            return reader.get(target);
        } catch (NoAnswerException failure) {
            if (further && failure.reason() == Reason.NOT_FOUND) {
                throw new NoAnswerException(
                        Reason.UNUSABLE, "a further page of " + NAME + "'s list is gone");
            }
            throw failure;
        }
    }

    private void addGroups(JsonNode body, Set<PrincipalId> groups) throws NoAnswerException {
        if (!body.isArray()) {
            throw new NoAnswerException(Reason.UNUSABLE, NAME + "'s answer is not a list");
        }
        for (JsonNode entry : body) {
            JsonNode id = entry.path("id");
            JsonNode name = entry.at("/profile/name");
            if (!id.isTextual() || !name.isTextual()) {
                throw new NoAnswerException(Reason.UNUSABLE, "a group of " + NAME + " has no name");
            }
            groups.addAll(names.of(id.textValue(), name.textValue()));
        }
        if (groups.size() > reader.limits().entries()) {
            throw new NoAnswerException(Reason.UNUSABLE, NAME + "'s list is too long");
        }
    }

    @Override
    public List<GroupFinding> examine() {
        String name = "groups of users";
        try {
            reader.get("/api/v1/users?limit=1");
            reader.get("/api/v1/groups?limit=1");
            return List.of(new GroupFinding(name, true, NAME + " tells"));
        } catch (NoAnswerException failure) {
            return List.of(new GroupFinding(name, false, failure.getMessage() + advice(failure)));
        }
    }

    private static String advice(NoAnswerException failure) {
        return switch (failure.reason()) {
            case FORBIDDEN ->
                    ": the token needs a read-only administrator, or the scopes okta.users.read and"
                            + " okta.groups.read";
            case UNAUTHORIZED -> ": check the token of this directory";
            case BUSY -> ": it is asked again when that is over";
            case UNREACHABLE -> ": check name, network and `trusted_certificates`";
            case NOT_FOUND, UNUSABLE -> ": check that the address is that of an Okta organisation";
        };
    }

    @Override
    public void close() {
        reader.close();
    }
}
