package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.Scope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All assignments of a snapshot, arranged so that a question costs a few look-ups for each group of
 * the asker and nothing more for each further assignment.
 *
 * <p>Principals and scopes are numbered; a pair of numbers leads to the assignments of that
 * principal at exactly that scope and to the union of their actions. Immutable once built.
 */
final class RightsTable {

    private final Interner<PrincipalId> principals = new Interner<>();
    private final Interner<Scope> scopes = new Interner<>();
    private final PairTable places = new PairTable();
    private final Holdings atPlace;
    private final Holdings anywhere;

    RightsTable(List<Holding> holdings) {
        int[] placeOf = new int[holdings.size()];
        int[] principalOf = new int[holdings.size()];
        for (int i = 0; i < placeOf.length; i++) {
            principalOf[i] = principals.add(holdings.get(i).assignment().principal());
            int scope = scopes.add(holdings.get(i).assignment().scope());
            placeOf[i] = places.add(principalOf[i], scope);
        }
        this.atPlace = new Holdings(places.size(), placeOf, holdings);
        this.anywhere = new Holdings(principals.size(), principalOf, holdings);
    }

    /** Returns the number of a principal, or {@link Interner#ABSENT} if it holds nothing. */
    int numberOf(PrincipalId principal) {
        return principals.find(principal);
    }

    /** Returns why the caller meets the requirement; empty if it does not. */
    Optional<Basis> basisOf(Caller caller, BoundRequirement requirement) {
        Holding found =
                switch (requirement) {
                    case BoundRequirement.At(Action action, Scope scope) ->
                            at(caller, action, scope);
                    case BoundRequirement.Reached(Action action, Scope scope, List<String> _) ->
                            at(caller, action, scope);
                    case BoundRequirement.Anywhere(Action action, Scope _) ->
                            anywhere(caller, action);
                };
        return Optional.ofNullable(found).map(holding -> basis(caller, requirement, holding));
    }

    private static Basis basis(Caller caller, BoundRequirement requirement, Holding holding) {
        PrincipalId holder = holding.assignment().principal();
        Optional<PrincipalId> group =
                holder.equals(caller.id()) ? Optional.empty() : Optional.of(holder);
        return new Basis(requirement, holding.assignment(), group);
    }

    private @Nullable Holding at(Caller caller, Action action, Scope scope) {
        int exact = scopes.find(scope);
        int root = scope.isRoot() ? Interner.ABSENT : scopes.find(scope.root());
        Holding own = at(caller.number(), action, exact, root);
        if (own != null) {
            return own;
        }
        Holding best = null;
        for (int group : caller.groupNumbers()) {
            best = first(best, at(group, action, exact, root));
        }
        return best;
    }

    private @Nullable Holding at(int principal, Action action, int exact, int root) {
        if (principal == Interner.ABSENT || !anywhere.gives(principal, action)) {
            return null;
        }
        Holding found = at(principal, action, exact);
        return found != null ? found : at(principal, action, root);
    }

    private @Nullable Holding at(int principal, Action action, int scope) {
        int place = scope == Interner.ABSENT ? PairTable.ABSENT : places.find(principal, scope);
        return place == PairTable.ABSENT || !atPlace.gives(place, action)
                ? null
                : atPlace.bestFor(place, action);
    }

    private @Nullable Holding anywhere(Caller caller, Action action) {
        return action == Action.read() ? anyRole(caller) : anywhereWith(caller, action);
    }

    /** Any role at any scope implies {@code workspaces/read}, whether or not it lists it. */
    private @Nullable Holding anyRole(Caller caller) {
        int best = caller.number();
        if (best == Interner.ABSENT) {
            for (int group : caller.groupNumbers()) {
                boolean isBetter =
                        best == Interner.ABSENT
                                || anywhere.firstRank(group) < anywhere.firstRank(best);
                best = isBetter ? group : best;
            }
        }
        return best == Interner.ABSENT ? null : anywhere.first(best);
    }

    private @Nullable Holding anywhereWith(Caller caller, Action action) {
        int own = caller.number();
        if (own != Interner.ABSENT && anywhere.gives(own, action)) {
            return anywhere.bestFor(own, action);
        }
        Holding best = null;
        for (int group : caller.groupNumbers()) {
            best = first(best, anywhere.bestFor(group, action));
        }
        return best;
    }

    private static @Nullable Holding first(@Nullable Holding one, @Nullable Holding other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.rank() <= other.rank() ? one : other;
    }
}
