package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.scim.store.Kind;
import io.stagedoor.proxy.scim.store.ScimState;
import io.stagedoor.proxy.scim.store.ScimStore;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * What was pushed, as the groups of principals. Never waits; safe for any thread.
 *
 * <p>A principal is the user with its object id in the attribute that was chosen. Somebody who was
 * never pushed is not known; who was deactivated is known, and is in no group.
 */
public final class ScimDirectory {

    private static final int REMEMBERED = 100_000;

    private final ScimStore store;
    private final GroupOrigin origin;
    private final String attribute;
    private final BiFunction<String, String, Set<PrincipalId>> names;
    private final Map<PrincipalId, Known> remembered = new ConcurrentHashMap<>();

    /**
     * What is known of somebody.
     *
     * @param version the state of the store that this was found in
     * @param pushed whether there is such a user
     * @param active whether the user may be anybody
     * @param groups all groups, direct and nested; unknown if there is no such user
     */
    public record Known(
            long version, boolean pushed, boolean active, Optional<GroupMembership> groups) {}

    /**
     * Makes the view.
     *
     * @param name what the directory is called where it is said where groups come from
     * @param attribute {@code externalId} or {@code userName}: what the object id of a principal is
     * @param names what a group counts as, by its external id (or its id, if it has none) and name
     */
    public ScimDirectory(
            String name,
            ScimStore store,
            String attribute,
            BiFunction<String, String, Set<PrincipalId>> names) {
        this.origin = new GroupOrigin(name, Optional.empty(), false);
        this.store = store;
        this.attribute = attribute;
        this.names = names;
    }

    /** Returns what is known of somebody: the same object until something is pushed. */
    public Known of(PrincipalId principal) {
        Known known = remembered.get(principal);
        if (known != null && known.version() == store.version()) {
            return known;
        }
        if (remembered.size() > REMEMBERED) {
            remembered.clear();
        }
        Known found = store.read(state -> found(state, principal));
        remembered.put(principal, found);
        return found;
    }

    /** Returns how many users and groups there are. */
    public int size() {
        return store.read(ScimState::size);
    }

    private Known found(ScimState state, PrincipalId principal) {
        long version = store.version();
        Optional<String> user = userOf(state, principal);
        if (user.isEmpty()) {
            return new Known(
                    version, false, true, Optional.of(new GroupMembership.Unknown(origin)));
        }
        ObjectNode attributes = state.find(Kind.USER, user.get()).orElseThrow();
        boolean active = attributes.path("active").asBoolean(true);
        Set<PrincipalId> groups = active ? groupsOf(state, user.get()) : Set.of();
        return new Known(
                version, true, active, Optional.of(new GroupMembership.Known(groups, origin)));
    }

    /** An id of GUID form has no case, and a pushed one may be written in capitals. */
    private Optional<String> userOf(ScimState state, PrincipalId principal) {
        String id = principal.objectId();
        if (attribute.equals("userName")) {
            return state.named(Kind.USER, id);
        }
        return state.external(Kind.USER, id)
                .or(
                        () ->
                                PrincipalId.isGuid(id)
                                        ? state.external(Kind.USER, id.toUpperCase(Locale.ROOT))
                                        : Optional.empty());
    }

    private Set<PrincipalId> groupsOf(ScimState state, String user) {
        Set<PrincipalId> groups = new HashSet<>();
        for (String id : state.groupsOf(user)) {
            ObjectNode group = state.find(Kind.GROUP, id).orElseThrow();
            groups.addAll(
                    names.apply(
                            group.path("externalId").asText(id),
                            group.path("displayName").asText()));
        }
        return groups;
    }
}
