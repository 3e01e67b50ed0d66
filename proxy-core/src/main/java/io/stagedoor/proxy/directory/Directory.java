package io.stagedoor.proxy.directory;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
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
 * <p>Nothing here waits, and every method may be called from any thread.
 */
public final class Directory implements AutoCloseable {

    private final Map<String, WorkspaceDirectory> workspaces;
    private final GroupSource groupSource;

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
     * Makes the directory.
     *
     * @param workspaces one each, in the order of configuration
     * @param declared what the workspaces were made with
     */
    public Directory(
            Collection<WorkspaceDirectory> workspaces, Declared declared, GroupSource groupSource) {
        Map<String, WorkspaceDirectory> byName = new LinkedHashMap<>();
        workspaces.forEach(workspace -> byName.put(workspace.name(), workspace));
        this.workspaces = Collections.unmodifiableMap(byName);
        this.groups = declared.groups();
        this.groupSource = groupSource;
    }

    /** Begins to read all workspaces, until {@link #close}. */
    public void start() {
        workspaces.values().forEach(WorkspaceDirectory::start);
    }

    /**
     * Returns the principal that a verified token speaks of.
     *
     * <p>The token's groups are taken as they are when it has any to say; no other source is added
     * to them, since that would keep memberships alive that the token's issuer ended (S36). Without
     * them the declared memberships count, if those are said to be complete; otherwise the groups
     * are unknown, which is not the same as none (S34).
     *
     * @param tokenGroups all groups that the token names; empty if it does not say
     */
    public Principal principalOf(
            PrincipalId id,
            PrincipalKind kind,
            Optional<String> clientApplication,
            Optional<Set<PrincipalId>> tokenGroups) {
        GroupMembership membership =
                tokenGroups.map(GroupMembership::known).orElseGet(() -> declaredGroups(id));
        return new Principal(id, kind, clientApplication, membership);
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
            case DECLARED -> GroupMembership.known(groups.groupsOf(id));
        };
    }
}
