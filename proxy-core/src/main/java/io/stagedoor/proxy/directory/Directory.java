package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupHealth;
import io.stagedoor.proxy.directory.groups.TenantGroups;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who a caller is, and the access snapshots of all workspaces.
 *
 * <p>Nothing but {@link #principalOf} waits, and every method may be called from any thread.
 */
public final class Directory implements AutoCloseable {

    private final Map<String, WorkspaceDirectory> workspaces;
    private final GroupSource groupSource;
    private final Map<String, TenantGroups> directories;

    /** The group graph in use; replaced by {@link #declare}. */
    private volatile GroupGraph groups;

    /** Where the groups of a caller whose token does not name them come from. */
    public enum GroupSource {
        /** From nowhere: they are unknown. */
        TOKEN,
        /** From the declared memberships, which are then all there are. */
        DECLARED
    }

    /**
     * Makes the directory without any other to ask.
     *
     * @param workspaces one each, in the order of configuration
     * @param declared what the workspaces were made with
     */
    public Directory(
            Collection<WorkspaceDirectory> workspaces, Declared declared, GroupSource groupSource) {
        this(workspaces, declared, groupSource, Map.of());
    }

    /**
     * Makes the directory.
     *
     * @param workspaces one each, in the order of configuration
     * @param declared what the workspaces were made with
     * @param groupSource what counts for tenants that have no directory to ask
     * @param directories what else is asked for groups, by the tenant of the principal; closed by
     *     whoever made them
     */
    public Directory(
            Collection<WorkspaceDirectory> workspaces,
            Declared declared,
            GroupSource groupSource,
            Map<String, TenantGroups> directories) {
        Map<String, WorkspaceDirectory> byName = new LinkedHashMap<>();
        workspaces.forEach(workspace -> byName.put(workspace.name(), workspace));
        this.workspaces = Collections.unmodifiableMap(byName);
        this.groups = declared.groups();
        this.groupSource = groupSource;
        this.directories = Collections.unmodifiableMap(new LinkedHashMap<>(directories));
    }

    /** Begins to read all workspaces, until {@link #close}. */
    public void start() {
        workspaces.values().forEach(WorkspaceDirectory::start);
    }

    /**
     * Returns the principal that a verified token speaks of, if all that can be known of it is at
     * hand; never waits.
     *
     * @param tokenGroups all groups that the token names; empty if it does not say
     * @return empty if it is worth waiting by {@link #principalOf}
     * @throws RefusedException {@code principal_inactive} if the tenant's directory bars the
     *     principal
     */
    public Optional<Principal> principalAtHand(
            PrincipalId id,
            PrincipalKind kind,
            Optional<String> clientApplication,
            Optional<Set<PrincipalId>> tokenGroups)
            throws RefusedException {
        Optional<TenantGroups> asked = askedFor(id, tokenGroups);
        if (asked.isEmpty()) {
            return Optional.of(
                    new Principal(id, kind, clientApplication, withoutAsking(id, tokenGroups)));
        }
        return asked.get()
                .lookup()
                .atHand(id, kind)
                .map(groups -> new Principal(id, kind, clientApplication, groups));
    }

    /**
     * Returns the principal that a verified token speaks of, waiting for its groups for a bounded
     * time if the tenant has a directory to ask.
     *
     * <p>One source counts, and no other is added to it, since that would keep memberships alive that
     * were ended there (S36): the token's groups or the directory's, as configured for the tenant.
     * Without a directory, a token that does not say leaves the declared memberships, if those are
     * said to be complete; otherwise the groups are unknown, which is not the same as none (S34).
     *
     * @param tokenGroups all groups that the token names; empty if it does not say
     * @throws RefusedException {@code principal_inactive} if the tenant's directory bars the
     *     principal
     */
    public Principal principalOf(
            PrincipalId id,
            PrincipalKind kind,
            Optional<String> clientApplication,
            Optional<Set<PrincipalId>> tokenGroups)
            throws RefusedException {
        Optional<TenantGroups> asked = askedFor(id, tokenGroups);
        GroupMembership membership =
                asked.isPresent()
                        ? asked.get().lookup().find(id, kind)
                        : withoutAsking(id, tokenGroups);
        return new Principal(id, kind, clientApplication, membership);
    }

    private Optional<TenantGroups> askedFor(PrincipalId id, Optional<Set<PrincipalId>> tokenGroups)
            throws RefusedException {
        TenantGroups known = directories.get(id.tenant());
        if (known == null) {
            return Optional.empty();
        }
        if (known.lookup().isBarred(id)) {
            throw RefusedException.of(
                    Code.PRINCIPAL_INACTIVE,
                    "the directory `" + known.name() + "` has deactivated this account",
                    "ask the directory's administrators; a new token does not help");
        }
        return known.isTokenEnough(tokenGroups.isPresent()) ? Optional.empty() : known.asOptional();
    }

    private GroupMembership withoutAsking(PrincipalId id, Optional<Set<PrincipalId>> tokenGroups) {
        return tokenGroups.map(GroupMembership::known).orElseGet(() -> declaredGroups(id));
    }

    /** Forgets all groups that directories told, so that they are asked for anew. */
    public void forgetGroups() {
        directories.values().forEach(asked -> asked.lookup().forgetAll());
    }

    /** Returns how the knowledge of groups is doing, in the order of configuration. */
    public List<GroupHealth> groupHealth() {
        return directories.values().stream().map(asked -> asked.lookup().health()).toList();
    }

    /**
     * Returns the snapshot to decide a request to a workspace on.
     *
     * @param workspace the workspace's configured name
     * @throws RefusedException {@code stale_snapshot} if there is none, or it is too old
     */
    public AccessSnapshot snapshot(String workspace) throws RefusedException {
        WorkspaceDirectory known = workspaces.get(workspace);
        if (known == null) {
            throw RefusedException.of(
                    Code.STALE_SNAPSHOT, "nothing is known about access to `" + workspace + "`");
        }
        return known.snapshot();
    }

    /** Returns the directory of one workspace. */
    public Optional<WorkspaceDirectory> workspace(String name) {
        return Optional.ofNullable(workspaces.get(name));
    }

    /** Replaces what was declared, in every workspace; takes effect before this returns. */
    public void declare(Declared declared) {
        groups = declared.groups();
        workspaces.values().forEach(workspace -> workspace.declare(declared));
    }

    /** Returns how the knowledge about each workspace is doing, in the order of configuration. */
    public List<DirectoryHealth> health() {
        return workspaces.values().stream().map(WorkspaceDirectory::health).toList();
    }

    /** Stops reading; the snapshots stay and age. */
    @Override
    public void close() {
        workspaces.values().forEach(WorkspaceDirectory::close);
    }

    private GroupMembership declaredGroups(PrincipalId id) {
        return switch (groupSource) {
            case TOKEN -> GroupMembership.unknown();
            case DECLARED -> new GroupMembership.Known(groups.groupsOf(id), GroupOrigin.DECLARED);
        };
    }
}
