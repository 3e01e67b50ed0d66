package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.scope.ScopeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Missing requirements put together that the same roles meet: one action, at scopes of one type. What
 * meets an example of each, given at all of their scopes, meets all of them.
 */
final class AlikeRequirements {

    private record Kind(Action action, ScopeType type, boolean anywhere) {}

    private final Map<Kind, List<BoundRequirement>> byKind = new LinkedHashMap<>();

    private AlikeRequirements() {}

    static AlikeRequirements of(List<BoundRequirement> missing) {
        AlikeRequirements alike = new AlikeRequirements();
        for (BoundRequirement requirement : missing) {
            alike.byKind
                    .computeIfAbsent(kindOf(requirement), _ -> new ArrayList<>())
                    .add(requirement);
        }
        return alike;
    }

    /** Returns one requirement of each kind. */
    List<BoundRequirement> examples() {
        return byKind.values().stream().map(List::getFirst).toList();
    }

    /** Returns the grant for all requirements that does for them what this does for the examples. */
    MinimalGrant forAll(MinimalGrant forExamples) {
        Set<MinimalGrant.Part> parts = new LinkedHashSet<>();
        for (MinimalGrant.Part part : forExamples.parts()) {
            parts.add(part);
            if (!part.scope().isRoot()) {
                byKind.values().stream()
                        .filter(alike -> isMetBy(part, alike.getFirst()))
                        .flatMap(List::stream)
                        .map(other -> new MinimalGrant.Part(part.role(), scopeOf(other)))
                        .forEach(parts::add);
            }
        }
        return new MinimalGrant(List.copyOf(parts));
    }

    private static boolean isMetBy(MinimalGrant.Part part, BoundRequirement example) {
        return !(example instanceof BoundRequirement.Anywhere)
                && part.scope().equals(scopeOf(example))
                && part.role().actions().contains(example.action());
    }

    private static Kind kindOf(BoundRequirement requirement) {
        return new Kind(
                requirement.action(),
                scopeOf(requirement).type(),
                requirement instanceof BoundRequirement.Anywhere);
    }

    private static Scope scopeOf(BoundRequirement requirement) {
        return switch (requirement) {
            case BoundRequirement.At at -> at.scope();
            case BoundRequirement.Reached reached -> reached.scope();
            case BoundRequirement.Anywhere anywhere -> anywhere.root();
        };
    }
}
