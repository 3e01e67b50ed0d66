package io.stagedoor.proxy.directory;

import io.stagedoor.policy.scope.Scope;
import java.time.Duration;
import java.util.Objects;

/**
 * What a workspace is, and how it is read.
 *
 * @param name the workspace's configured name
 * @param root its root scope
 * @param tenant the tenant that its principals are in
 * @param source where its role assignments come from
 * @param pollInterval the longest time from the end of one reading to the next
 * @param maxAge how old a reading may become before requests are refused
 * @param filtersLists whether lists are narrowed to what callers may see
 */
public record WorkspaceSettings(
        String name,
        Scope root,
        String tenant,
        SnapshotSource source,
        Duration pollInterval,
        Duration maxAge,
        boolean filtersLists) {

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if one is not positive or the scope is not a root
     */
    public WorkspaceSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(source, "source");
        if (!root.isRoot()) {
            throw new IllegalArgumentException("`" + root.text() + "` is not a root scope");
        }
        if (!pollInterval.isPositive() || !maxAge.isPositive()) {
            throw new IllegalArgumentException(
                    "poll interval and greatest age of `" + name + "` must be positive");
        }
    }

    /** Makes the settings of a workspace whose lists are given whole or not at all. */
    public WorkspaceSettings(
            String name,
            Scope root,
            String tenant,
            SnapshotSource source,
            Duration pollInterval,
            Duration maxAge) {
        this(name, root, tenant, source, pollInterval, maxAge, false);
    }
}
