package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * A role at a scope that might be assigned, and which of the missing requirements that would meet.
 *
 * @param part the role and the scope
 * @param meets the requirements it meets, by their place in the list
 * @param power what it gives
 */
record Candidate(MinimalGrant.Part part, BitSet meets, Power power) {

    static final Comparator<Candidate> ORDER =
            Comparator.comparing((Candidate candidate) -> candidate.part().role().name())
                    .thenComparing(candidate -> candidate.part().role().id())
                    .thenComparing(candidate -> candidate.part().scope());

    static Candidate of(
            RoleDefinition role,
            Scope scope,
            List<Scope> scopes,
            List<BoundRequirement> requirements) {
        BitSet meets = new BitSet();
        for (int i = 0; i < requirements.size(); i++) {
            meets.set(i, meets(role, scope, requirements.get(i)));
        }
        return new Candidate(
                new MinimalGrant.Part(role, scope), meets, Power.of(role.actions(), scope, scopes));
    }

    private static boolean meets(RoleDefinition role, Scope scope, BoundRequirement requirement) {
        return switch (requirement) {
            case BoundRequirement.At(Action action, Scope at) ->
                    role.actions().contains(action) && scope.covers(at);
            case BoundRequirement.Reached(Action action, Scope at, List<String> _) ->
                    role.actions().contains(action) && scope.covers(at);
            case BoundRequirement.Anywhere(Action action, Scope _) ->
                    action == Action.read() || role.actions().contains(action);
        };
    }

    /** Returns whether it meets something, gives something and may be assigned at its scope. */
    boolean isUseful() {
        return !meets.isEmpty()
                && !part.role().actions().isEmpty()
                && part.role().assignableAt().contains(part.scope().type());
    }

    /** Returns whether the other meets at least as much and gives strictly less. */
    boolean isBeatenBy(Candidate other) {
        BitSet notMetByOther = (BitSet) meets.clone();
        notMetByOther.andNot(other.meets);
        return notMetByOther.isEmpty()
                && power.contains(other.power)
                && !other.power.contains(power);
    }
}
