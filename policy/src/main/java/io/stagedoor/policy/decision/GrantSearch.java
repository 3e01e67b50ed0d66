package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The search for the smallest assignments that give what is missing.
 *
 * <p>Looks at every known role that has actions, at the scopes that the missing requirements name
 * and at their root, where the role may be assigned. Candidates that another beats are dropped
 * first, which leaves a handful; their combinations are few, as operations need few actions.
 */
final class GrantSearch {

    /** Combinations of grants for more than this many requirements are too many to look at. */
    static final int EXACT = 6;

    private final List<BoundRequirement> missing;
    private final List<Candidate> candidates;
    private final Set<List<Candidate>> found = new HashSet<>();

    private GrantSearch(List<BoundRequirement> missing, List<Candidate> candidates) {
        this.missing = missing;
        this.candidates = candidates;
    }

    /**
     * Returns the minimal grants for what is missing, the least powerful first. Of very many missing
     * requirements those that are alike are given alike: grants that differ only in mixing roles are
     * left out.
     */
    static List<MinimalGrant> smallest(AccessSnapshot snapshot, List<BoundRequirement> missing) {
        if (missing.size() <= EXACT) {
            return search(snapshot, missing);
        }
        AlikeRequirements alike = AlikeRequirements.of(missing);
        return search(snapshot, alike.examples()).stream().map(alike::forAll).toList();
    }

    private static List<MinimalGrant> search(
            AccessSnapshot snapshot, List<BoundRequirement> missing) {
        List<Scope> scopes = scopesOf(snapshot.root(), missing);
        List<Candidate> all = new ArrayList<>();
        for (RoleDefinition role : snapshot.definitions().values()) {
            for (Scope scope : scopes) {
                Candidate candidate = Candidate.of(role, scope, scopes, missing);
                if (candidate.isUseful()) {
                    all.add(candidate);
                }
            }
        }
        List<Candidate> unbeaten =
                all.stream().filter(one -> all.stream().noneMatch(one::isBeatenBy)).toList();
        GrantSearch search = new GrantSearch(missing, unbeaten);
        search.extend(List.of());
        return search.minimal();
    }

    private static List<Scope> scopesOf(Scope root, List<BoundRequirement> missing) {
        Stream<Scope> items =
                missing.stream()
                        .flatMap(
                                requirement ->
                                        switch (requirement) {
                                            case BoundRequirement.At at -> Stream.of(at.scope());
                                            case BoundRequirement.Reached reached ->
                                                    Stream.of(reached.scope());
                                            case BoundRequirement.Anywhere _ -> Stream.empty();
                                        })
                        .filter(root::covers)
                        .sorted();
        return Stream.concat(Stream.of(root), items).distinct().toList();
    }

    private void extend(List<Candidate> chosen) {
        BitSet open = new BitSet();
        open.set(0, missing.size());
        chosen.forEach(candidate -> open.andNot(candidate.meets()));
        int next = open.nextSetBit(0);
        if (next < 0) {
            found.add(chosen.stream().sorted(Candidate.ORDER).toList());
            return;
        }
        for (Candidate candidate : candidates) {
            if (candidate.meets().get(next)) {
                extend(Stream.concat(chosen.stream(), Stream.of(candidate)).toList());
            }
        }
    }

    private List<MinimalGrant> minimal() {
        List<Combination> all = found.stream().map(Combination::of).toList();
        return all.stream()
                .filter(one -> all.stream().noneMatch(one::isBeatenBy))
                .sorted(Combination.ORDER)
                .map(Combination::grant)
                .toList();
    }

    /** Some candidates together, and the power they have together. */
    private record Combination(List<Candidate> parts, Power power) {

        static final Comparator<Combination> ORDER =
                Comparator.comparing(Combination::power, Power.ORDER)
                        .thenComparingInt(combination -> combination.parts().size())
                        .thenComparing(combination -> combination.grant().text());

        static Combination of(List<Candidate> parts) {
            Power power =
                    parts.stream()
                            .map(Candidate::power)
                            .reduce(Power::union)
                            .orElseThrow(() -> new IllegalArgumentException("no candidate"));
            return new Combination(parts, power);
        }

        /** A combination with a part that could be left out is always beaten: by itself without. */
        boolean isBeatenBy(Combination other) {
            return power.contains(other.power)
                    && (!other.power.contains(power) || other.parts.size() < parts.size());
        }

        MinimalGrant grant() {
            return new MinimalGrant(parts.stream().map(Candidate::part).toList());
        }
    }
}
