package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.stream.Collectors;

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

    Permit(PrincipalId principal, BoundOperation operation, String snapshotId, List<Basis> basis) {
        this(principal, operation, snapshotId, List.copyOf(basis), List.of());
    }

    private Permit(
            PrincipalId principal,
            BoundOperation operation,
            String snapshotId,
            List<Basis> basis,
            List<Permit> actors) {
        this.principal = principal;
        this.operation = operation;
        this.snapshotId = snapshotId;
        this.basis = basis;
        this.actors = actors;
    }

    /** Returns the same permit, for what these others do on behalf of the principal. */
    Permit through(List<Permit> acting) {
        return new Permit(principal, operation, snapshotId, basis, List.copyOf(acting));
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
        return actors.stream().map(Permit::sentence).collect(Collectors.joining("", own, ""));
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
