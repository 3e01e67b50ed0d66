package io.stagedoor.proxy.directory.graph;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupFinding;
import io.stagedoor.proxy.directory.groups.GroupSource;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.NoAnswerException.Reason;
import io.stagedoor.proxy.directory.remote.RemoteReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Microsoft Graph for all groups of a user or service principal: {@code GET
 * /users|servicePrincipals/{id}/transitiveMemberOf}, version 1.0, by the object id alone.
 *
 * <p>A caller whose kind the token does not tell is asked for as a user, and if there is none as a
 * service principal: {@code directoryObjects/{id}} has no documented {@code transitiveMemberOf}.
 * Safe for any thread.
 */
public final class GraphGroups implements GroupSource {

    private static final String USERS = "users";
    private static final String SERVICE_PRINCIPALS = "servicePrincipals";
    private static final String QUERY = "/transitiveMemberOf?$select=id&$top=999";

    private final RemoteReader reader;
    private final InstantSource clock;

    /** Makes a source that asks by the reader, and closes it. */
    public GraphGroups(RemoteReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public Set<PrincipalId> groupsOf(PrincipalId principal, PrincipalKind kind)
            throws NoAnswerException {
        if (!PrincipalId.isGuid(principal.objectId())) {
            throw new NoAnswerException(
                    Reason.NOT_FOUND, "a principal without an object id is nobody in Graph");
        }
        return switch (kind) {
            case USER, GUEST -> all(USERS, principal);
            case SERVICE_PRINCIPAL, MANAGED_IDENTITY -> all(SERVICE_PRINCIPALS, principal);
            case UNKNOWN -> either(principal);
        };
    }

    private Set<PrincipalId> either(PrincipalId principal) throws NoAnswerException {
        try {
            return all(USERS, principal);
        } catch (NoAnswerException failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return all(SERVICE_PRINCIPALS, principal);
        }
    }

    private Set<PrincipalId> all(String collection, PrincipalId principal)
            throws NoAnswerException {
        Instant until = clock.instant().plus(reader.limits().list());
        Set<PrincipalId> groups = new HashSet<>();
        Set<String> asked = new HashSet<>();
        Optional<String> next =
                Optional.of("/v1.0/" + collection + "/" + principal.objectId() + QUERY);
        while (next.isPresent()) {
            requireMore(asked, next.get(), until);
            GroupPage page = page(next.get(), asked.size() > 1);
            page.groups().forEach(id -> groups.add(PrincipalId.of(principal.tenant(), id)));
            if (groups.size() > reader.limits().entries()) {
                throw new NoAnswerException(Reason.UNUSABLE, "Microsoft Graph's list is too long");
            }
            next =
                    page.next().isEmpty()
                            ? Optional.empty()
                            : Optional.of(reader.targetOf(page.next().get()));
        }
        return groups;
    }

    /** A page that is gone is no principal that is not there. */
    private GroupPage page(String target, boolean further) throws NoAnswerException {
        try {
            return GroupPage.of(reader.get(target).body());
        } catch (NoAnswerException failure) {
            if (further && failure.reason() == Reason.NOT_FOUND) {
                throw new NoAnswerException(
                        Reason.UNUSABLE, "a further page of Microsoft Graph's list is gone");
            }
            throw failure;
        }
    }

    private void requireMore(Set<String> asked, String target, Instant until)
            throws NoAnswerException {
        boolean isNew = asked.add(target);
        if (!isNew || asked.size() > reader.limits().pages()) {
            throw new NoAnswerException(Reason.UNUSABLE, "Microsoft Graph's list does not end");
        }
        if (!clock.instant().isBefore(until)) {
            Duration limit = reader.limits().list();
            throw new NoAnswerException(
                    Reason.UNREACHABLE, "Microsoft Graph did not list all groups within " + limit);
        }
    }

    @Override
    public List<GroupFinding> examine() {
        return new GraphExamination(reader).findings();
    }

    @Override
    public void close() {
        reader.close();
    }
}
