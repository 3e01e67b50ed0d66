package io.stagedoor.policy.decision;

import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about access to one workspace, factory or site at one moment.
 *
 * <p>Immutable and safe for any thread: a newer state is a new snapshot, swapped in whole. Building
 * one takes time linear in its assignments; deciding on one does not depend on their number.
 */
public final class AccessSnapshot {

    private final String id;
    private final Instant takenAt;
    private final Scope root;
    private final Optional<Duration> maxAge;
    private final GroupGraph groupGraph;
    private final Assignments assignments;
    private final RightsTable rights;
    private final GuardrailIndex guardrails;
    private final CallerMemo callers;
    private final boolean filtersLists;

    private AccessSnapshot(Builder builder) {
        this.id = builder.id();
        this.takenAt = builder.takenAt();
        this.root = builder.root;
        this.maxAge = Optional.ofNullable(builder.maxAge);
        this.groupGraph = builder.groupGraph;
        this.filtersLists = builder.filtersLists;
        this.assignments = new Assignments(root, builder.assignments, builder.definitions);
        this.rights = new RightsTable(assignments.holdings());
        this.guardrails = new GuardrailIndex(builder.guardrails);
        this.callers = new CallerMemo(groupGraph, rights, guardrails);
    }

    /**
     * Returns a builder of a snapshot for one root scope.
     *
     * @throws IllegalArgumentException if the scope is not a root
     */
    public static Builder builder(Scope root) {
        return new Builder(root);
    }

    /** Returns the id of this snapshot, which decisions and audit records name. */
    public String id() {
        return id;
    }

    /** Returns when the state was true: the moment before the first page was asked for. */
    public Instant takenAt() {
        return takenAt;
    }

    /** Returns the root scope that this snapshot speaks of. */
    public Scope root() {
        return root;
    }

    /** Returns how old this snapshot may become; empty if it does not age. */
    public Optional<Duration> maxAge() {
        return maxAge;
    }

    /** Returns whether this snapshot is too old: exactly at its limit it is still fresh. */
    public boolean isStale(Instant now) {
        return maxAge.filter(limit -> ageAt(now).compareTo(limit) > 0).isPresent();
    }

    /** Returns how old this snapshot is; zero if it was taken later than the given time. */
    public Duration ageAt(Instant now) {
        return now.isBefore(takenAt) ? Duration.ZERO : Duration.between(takenAt, now);
    }

    /** Returns all assignments as they were given, those that grant nothing among them. */
    public List<RoleAssignment> assignments() {
        return assignments.all();
    }

    /** Returns the assignment with this id; a GUID is compared without case. */
    public Optional<RoleAssignment> assignmentById(String assignmentId) {
        return assignments.byId(assignmentId);
    }

    /** Returns the role definitions by id, the known roles. */
    public Map<String, RoleDefinition> definitions() {
        return assignments.definitions();
    }

    /** Returns the definition of the role that an assignment assigns, if the role is known. */
    public Optional<RoleDefinition> definitionOf(RoleAssignment assignment) {
        return Optional.ofNullable(assignments.definitions().get(assignment.roleDefinitionId()));
    }

    /** Returns the ids of roles that are assigned but not known; those assignments grant nothing. */
    public Set<String> unknownRoles() {
        return assignments.unknownRoles();
    }

    /** Returns the assignments at scopes of other roots; they grant nothing here. */
    public List<RoleAssignment> foreignAssignments() {
        return assignments.foreign();
    }

    /**
     * Returns the assignments at a scope type that their role is not meant for. They are evaluated
     * as they are, since the service accepted them.
     */
    public List<RoleAssignment> assignableConflicts() {
        return assignments.assignableConflicts();
    }

    /** Returns the guardrails in the order of their names. */
    public List<Guardrail> guardrails() {
        return guardrails.all();
    }

    /** Returns whether some guardrail names pipelines, so that those of runs matter. */
    public boolean hasGuardrailsOfPipelines() {
        return guardrails.namesPipelines();
    }

    /** Returns the declared memberships that count in addition to those of a principal's source. */
    public GroupGraph groupGraph() {
        return groupGraph;
    }

    /**
     * Returns whether a list that can be narrowed is permitted, narrowed to what they may see, to those
     * who may not see all of it. Else such a list is decided as a whole, as the service itself does.
     */
    public boolean filtersLists() {
        return filtersLists;
    }

    Caller callerOf(Principal principal) {
        return callers.of(principal);
    }

    RightsTable rights() {
        return rights;
    }

    GuardrailIndex guardrailIndex() {
        return guardrails;
    }

    /**
     * Collects the parts of an {@link AccessSnapshot}.
     *
     * <p>Id and time must be given. Without definitions the built-in roles are known; without the rest
     * nobody holds anything, nothing is narrowed, and the snapshot does not age. For one thread.
     */
    public static final class Builder {

        private final Scope root;
        private @Nullable String id;
        private @Nullable Instant takenAt;
        private @Nullable Duration maxAge;
        private Collection<RoleAssignment> assignments = List.of();
        private Collection<RoleDefinition> definitions = BuiltInRoles.all();
        private Collection<Guardrail> guardrails = List.of();
        private GroupGraph groupGraph = GroupGraph.empty();
        private boolean filtersLists;

        private Builder(Scope root) {
            if (!root.isRoot()) {
                throw new IllegalArgumentException("`" + root.text() + "` is not a root scope");
            }
            this.root = root;
        }

        /** Sets the id that decisions and audit records name. */
        public Builder id(String snapshotId) {
            this.id = snapshotId;
            return this;
        }

        /** Sets when the state was true. */
        public Builder takenAt(Instant instant) {
            this.takenAt = instant;
            return this;
        }

        /** Sets how old the snapshot may become before nothing is decided on it any more. */
        public Builder maxAge(Duration limit) {
            if (limit.isNegative()) {
                throw new IllegalArgumentException("a greatest age of " + limit + " is negative");
            }
            this.maxAge = limit;
            return this;
        }

        /** Sets the assignments; their order and exact repetitions change nothing. */
        public Builder assignments(Collection<RoleAssignment> all) {
            this.assignments = List.copyOf(all);
            return this;
        }

        /** Sets the known roles, in the place of the built-in ones. */
        public Builder definitions(Collection<RoleDefinition> all) {
            this.definitions = List.copyOf(all);
            return this;
        }

        /** Sets the guardrails. */
        public Builder guardrails(Collection<Guardrail> all) {
            this.guardrails = List.copyOf(all);
            return this;
        }

        /** Sets declared memberships; they count in addition to those a principal comes with. */
        public Builder groupGraph(GroupGraph graph) {
            this.groupGraph = graph;
            return this;
        }

        /** Sets whether lists are narrowed to what callers may see; unless set, they are not. */
        public Builder filtersLists(boolean narrowed) {
            this.filtersLists = narrowed;
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

        private String id() {
            if (id == null) {
                throw new IllegalStateException("the snapshot has no id");
            }
            return id;
        }

        private Instant takenAt() {
            if (takenAt == null) {
                throw new IllegalStateException("the snapshot has no time");
            }
            return takenAt;
        }
    }
}
