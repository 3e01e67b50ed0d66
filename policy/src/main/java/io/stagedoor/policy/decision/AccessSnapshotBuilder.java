package io.stagedoor.policy.decision;

import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the parts of an {@link AccessSnapshot}.
 *
 * <p>Id and time must be given. Without definitions the built-in roles are known; without the rest
 * nobody holds anything, nothing is narrowed, and the snapshot does not age. For one thread.
 */
public final class AccessSnapshotBuilder {

    private final Scope root;
    private @Nullable String id;
    private @Nullable Instant takenAt;
    private @Nullable Duration maxAge;
    private Collection<RoleAssignment> assignments = List.of();
    private Collection<RoleDefinition> definitions = BuiltInRoles.all();
    private Collection<Guardrail> guardrails = List.of();
    private GroupGraph groupGraph = GroupGraph.empty();

    AccessSnapshotBuilder(Scope root) {
        if (!root.isRoot()) {
            throw new IllegalArgumentException("`" + root.text() + "` is not a root scope");
        }
        this.root = root;
    }

    /** Sets the id that decisions and audit records name. */
    public AccessSnapshotBuilder id(String snapshotId) {
        this.id = snapshotId;
        return this;
    }

    /** Sets when the state was true. */
    public AccessSnapshotBuilder takenAt(Instant instant) {
        this.takenAt = instant;
        return this;
    }

    /** Sets how old the snapshot may become before nothing is decided on it any more. */
    public AccessSnapshotBuilder maxAge(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a greatest age of " + limit + " is negative");
        }
        this.maxAge = limit;
        return this;
    }

    /** Sets the assignments; their order and exact repetitions change nothing. */
    public AccessSnapshotBuilder assignments(Collection<RoleAssignment> all) {
        this.assignments = List.copyOf(all);
        return this;
    }

    /** Sets the known roles, in the place of the built-in ones. */
    public AccessSnapshotBuilder definitions(Collection<RoleDefinition> all) {
        this.definitions = List.copyOf(all);
        return this;
    }

    /** Sets the guardrails. */
    public AccessSnapshotBuilder guardrails(Collection<Guardrail> all) {
        this.guardrails = List.copyOf(all);
        return this;
    }

    /** Sets declared memberships; they count in addition to those a principal comes with. */
    public AccessSnapshotBuilder groupGraph(GroupGraph graph) {
        this.groupGraph = graph;
        return this;
    }

    /**
     * Returns the snapshot.
     *
     * @throws IllegalStateException if id or time is missing
     * @throws IllegalArgumentException if one id stands for two different assignments or roles
     */
    public AccessSnapshot build() {
        return new AccessSnapshot(this);
    }

    String id() {
        if (id == null) {
            throw new IllegalStateException("the snapshot has no id");
        }
        return id;
    }

    Instant takenAt() {
        if (takenAt == null) {
            throw new IllegalStateException("the snapshot has no time");
        }
        return takenAt;
    }

    Scope root() {
        return root;
    }

    Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }

    Collection<RoleAssignment> assignments() {
        return assignments;
    }

    Collection<RoleDefinition> definitions() {
        return definitions;
    }

    Collection<Guardrail> guardrails() {
        return guardrails;
    }

    GroupGraph groupGraph() {
        return groupGraph;
    }
}
