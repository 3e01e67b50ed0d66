package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policy decision point: whether a principal may do an operation.
 *
 * <p>Stateless and pure, so any number of threads may ask one instance, and equal questions have
 * equal answers. The cost of an answer grows with the groups of the principal, and not with the
 * assignments of the snapshot.
 */
public final class Authorizer {

    /**
     * Decides.
     *
     * <p>An operation needs all its requirements; each may be met by another assignment, of the
     * principal itself or of a group of it, at the required scope or its root. What guardrails refuse
     * is refused whatever roles are held, and named before missing roles, since no role would help.
     * If the groups are unknown, what direct assignments give is permitted, and everything else is
     * undecided.
     *
     * @param now the time at which the age of the snapshot is judged
     * @throws IllegalArgumentException if the operation is bound to another root than the snapshot's
     */
    public Decision decide(
            AccessSnapshot snapshot, Principal principal, BoundOperation operation, Instant now) {
        requireSameRoot(snapshot, operation);
        if (operation.requirements().isEmpty() && !operation.operation().isSelfService()) {
            return new Deny.UnmappedOperation(operation.operation().name());
        }
        if (snapshot.isStale(now)) {
            Duration limit = snapshot.maxAge().orElse(Duration.ZERO);
            return new Deny.StaleSnapshot(snapshot.ageAt(now), limit);
        }
        Caller caller = snapshot.callerOf(principal);
        return caller.refusing(operation)
                .<Decision>map(guardrail -> outside(guardrail, caller, operation))
                .orElseGet(() -> decide(snapshot, caller, operation));
    }

    private static Decision decide(
            AccessSnapshot snapshot, Caller caller, BoundOperation operation) {
        List<Basis> basis = new ArrayList<>(operation.requirements().size());
        List<BoundRequirement> missing = new ArrayList<>(0);
        for (BoundRequirement requirement : operation.requirements()) {
            Optional<Basis> found = snapshot.rights().basisOf(caller, requirement);
            found.ifPresentOrElse(basis::add, () -> missing.add(requirement));
        }
        String name = operation.operation().name();
        if (missing.isEmpty() && !snapshot.guardrailIndex().mayRefuse(caller, operation)) {
            return new Permit(caller.id(), operation, snapshot.id(), basis);
        }
        return caller.areGroupsKnown()
                ? new Deny.MissingPermission(
                        caller.id(), name, missing, GrantSearch.smallest(snapshot, missing))
                : new Deny.GroupsUnknown(caller.id(), name, missing);
    }

    private static Deny outside(Guardrail guardrail, Caller caller, BoundOperation operation) {
        return new Deny.OutsideGuardrail(
                guardrail.name(),
                "The guardrail `"
                        + guardrail.name()
                        + "` applies to the principal `"
                        + caller.id().objectId()
                        + "` or its client application and allows "
                        + guardrail.allowance()
                        + ". It does not allow "
                        + operation.operation().name()
                        + named(operation)
                        + ".");
    }

    private static String named(BoundOperation operation) {
        for (ResourceKind kind : ResourceKind.values()) {
            Optional<String> name = operation.resource(kind.resource());
            if (name.isPresent()) {
                return " of the " + kind.resource() + " `" + name.get() + "`";
            }
        }
        return "";
    }

    private static void requireSameRoot(AccessSnapshot snapshot, BoundOperation operation) {
        if (!snapshot.root().equals(operation.root())) {
            throw new IllegalArgumentException(
                    "the snapshot of `"
                            + snapshot.root().text()
                            + "` cannot decide about `"
                            + operation.root().text()
                            + "`");
        }
    }
}
