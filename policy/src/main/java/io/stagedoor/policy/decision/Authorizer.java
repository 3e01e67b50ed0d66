package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.OperationFlag;
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
     * undecided. Where the snapshot narrows lists, a list is permitted to those who may see some of its
     * items, and the permit says which.
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
        if (operation.operation().traits().has(OperationFlag.UNGUARDED)) {
            return new Permit(principal.id(), operation, snapshot.id(), List.of());
        }
        Caller caller = snapshot.callerOf(principal);
        return caller.refusing(operation)
                .<Decision>map(guardrail -> outside(guardrail, caller, operation))
                .orElseGet(() -> decide(snapshot, caller, operation));
    }

    /**
     * Decides about what is done on behalf of somebody: it is permitted if it is permitted to the
     * subject and to every actor, each for itself. A denial names all of them who are denied, so that
     * one look shows everything that is missing.
     *
     * @param now the time at which the age of the snapshot is judged
     * @throws IllegalArgumentException if the operation is bound to another root than the snapshot's
     */
    public Decision decide(
            AccessSnapshot snapshot, Delegation delegation, BoundOperation operation, Instant now) {
        Decision subject = decide(snapshot, delegation.subject(), operation, now);
        List<Permit> acting = new ArrayList<>();
        List<Deny.OnBehalf.Party> denied = new ArrayList<>();
        if (subject instanceof Deny deny) {
            denied.add(Deny.OnBehalf.Party.subject(delegation.subject().id(), deny));
        }
        for (Principal actor : delegation.actors()) {
            switch (decide(snapshot, actor, operation, now)) {
                case Permit permit -> acting.add(permit);
                case Deny deny -> denied.add(Deny.OnBehalf.Party.actor(actor.id(), deny));
            }
        }
        return denied.isEmpty() && subject instanceof Permit permit
                ? permit.through(acting)
                : Deny.OnBehalf.of(delegation.subject().id(), denied);
    }

    private static Decision decide(
            AccessSnapshot snapshot, Caller caller, BoundOperation operation) {
        List<Basis> basis = new ArrayList<>(operation.requirements().size());
        List<BoundRequirement> missing = new ArrayList<>(0);
        Narrowing narrowing = new Narrowing(snapshot, caller, operation);
        for (BoundRequirement requirement : operation.requirements()) {
            Optional<Basis> found = narrowing.basisOf(requirement);
            found.ifPresentOrElse(basis::add, () -> missing.add(requirement));
        }
        String name = operation.operation().name();
        if (missing.isEmpty() && !snapshot.guardrailIndex().mayRefuse(caller, operation)) {
            return new Permit(caller.id(), operation, snapshot.id(), basis)
                    .showing(narrowing.visible());
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
