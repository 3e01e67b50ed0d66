package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Proof that a principal may do an operation.
 *
 * <p>Only the {@link Authorizer} makes one, so whoever holds it needs no second check. Immutable.
 */
public final class Permit implements Decision {

    private final PrincipalId principal;
    private final BoundOperation operation;
    private final String snapshotId;
    private final List<Basis> basis;
    private final List<Permit> actors;
    private final Optional<VisibleItems> visible;

    Permit(PrincipalId principal, BoundOperation operation, String snapshotId, List<Basis> basis) {
        this(principal, operation, snapshotId, List.copyOf(basis), List.of(), Optional.empty());
    }

    private Permit(
            PrincipalId principal,
            BoundOperation operation,
            String snapshotId,
            List<Basis> basis,
            List<Permit> actors,
            Optional<VisibleItems> visible) {
        this.principal = principal;
        this.operation = operation;
        this.snapshotId = snapshotId;
        this.basis = basis;
        this.actors = actors;
        this.visible = visible;
    }

    /** Returns the same permit, for these items of a list alone; for all of them if there is nothing. */
    Permit showing(Optional<VisibleItems> items) {
        return items.isEmpty()
                ? this
                : new Permit(principal, operation, snapshotId, basis, actors, items);
    }

    /** Returns the same permit, for what these others do on behalf of the principal. */
    Permit through(List<Permit> acting) {
        Optional<VisibleItems> both =
                Stream.concat(Stream.of(this), acting.stream())
                        .flatMap(permit -> permit.visible.stream())
                        .reduce(VisibleItems::and);
        return new Permit(principal, operation, snapshotId, basis, List.copyOf(acting), both);
    }

    /** Returns who was permitted. */
    public PrincipalId principal() {
        return principal;
    }

    /** Returns what was permitted. */
    public BoundOperation operation() {
        return operation;
    }

    /** Returns the id of the snapshot that was decided on. */
    public String snapshotId() {
        return snapshotId;
    }

    /**
     * Returns for each requirement, in the operation's order, the assignment that gave it; empty for
     * an operation that concerns only the caller and needs no right.
     */
    public List<Basis> basis() {
        return basis;
    }

    /** Returns the permits of those who act on behalf of the principal; usually there is nobody. */
    public List<Permit> actors() {
        return actors;
    }

    /** Returns which items of the list it permits may be seen; empty if all of them may. */
    public Optional<VisibleItems> visible() {
        return visible;
    }

    @Override
    public String code() {
        return "permitted";
    }

    @Override
    public String explanation() {
        String subject =
                "The principal `"
                        + principal.objectId()
                        + "` may perform "
                        + operation.operation().name()
                        + ".";
        String own =
                basis.stream().map(Permit::sentence).collect(Collectors.joining(" ", subject, ""));
        String narrowed =
                visible.map(
                                items ->
                                        " Of the list only those "
                                                + items.filter().kind().segment()
                                                + " are shown at which the right is held.")
                        .orElse("");
        return actors.stream().map(Permit::sentence).collect(Collectors.joining("", own, narrowed));
    }

    private static String sentence(Permit actor) {
        return " The principal `"
                + actor.principal.objectId()
                + "`, which acts on its behalf, may so too by its own rights.";
    }

    private static String sentence(Basis basis) {
        String group =
                basis.viaGroup().map(id -> " of the group `" + id.objectId() + "`").orElse("");
        return " "
                + Wording.required(basis.requirement())
                + ", given by the assignment `"
                + basis.assignment().id()
                + "`"
                + group
                + " at "
                + basis.assignment().scope().text()
                + ".";
    }

    @Override
    public String toString() {
        return "Permit" + basis;
    }
}
