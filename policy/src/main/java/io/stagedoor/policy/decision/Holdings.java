package io.stagedoor.policy.decision;

import io.stagedoor.policy.role.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holdings in numbered groups, each with the union of its actions.
 *
 * <p>Of several assignments of one role in a group only the first by rank is kept, and those that are
 * kept stand in the order of their rank. So a group is never larger than the number of roles, and
 * looking through it does not depend on how many assignments there are. Building takes linear time.
 */
final class Holdings {

    private final long[] bits;
    private final Holding[][] held;
    private final long[] firstRank;

    /**
     * Groups the holdings.
     *
     * @param groups how many groups there are
     * @param groupOf the group of each holding
     * @param holdings the holdings
     */
    Holdings(int groups, int[] groupOf, List<Holding> holdings) {
        this.bits = new long[groups];
        this.held = new Holding[groups][];
        this.firstRank = new long[groups];
        int[] sizes = new int[groups];
        for (int group : groupOf) {
            sizes[group]++;
        }
        for (int group = 0; group < groups; group++) {
            held[group] = new Holding[sizes[group]];
        }
        Arrays.fill(sizes, 0);
        for (int i = 0; i < groupOf.length; i++) {
            Holding holding = holdings.get(i);
            int group = groupOf[i];
            held[group][sizes[group]++] = holding;
            bits[group] |= holding.bits();
        }
        int roles = holdings.stream().mapToInt(Holding::role).max().orElse(-1) + 1;
        @Nullable Holding[] best = new Holding[roles];
        for (int group = 0; group < groups; group++) {
            held[group] = onePerRole(held[group], best);
            firstRank[group] = held[group][0].rank();
        }
    }

    private static Holding[] onePerRole(Holding[] all, @Nullable Holding[] best) {
        for (Holding holding : all) {
            Holding other = best[holding.role()];
            if (other == null || holding.rank() < other.rank()) {
                best[holding.role()] = holding;
            }
        }
        List<Holding> kept = new ArrayList<>();
        for (Holding holding : all) {
            Holding first = best[holding.role()];
            if (first != null) {
                kept.add(first);
                best[holding.role()] = null;
            }
        }
        kept.sort(Comparator.comparingLong(Holding::rank));
        return kept.toArray(Holding[]::new);
    }

    /** Returns whether something in the group gives the action. */
    boolean gives(int group, Action action) {
        return (bits[group] & (1L << action.index())) != 0;
    }

    /** Returns the first by rank of those in the group that give the action. */
    @Nullable Holding bestFor(int group, Action action) {
        for (Holding holding : held[group]) {
            if (holding.gives(action)) {
                return holding;
            }
        }
        return null;
    }

    /** Returns the first by rank of those in the group, whatever they give; no group is empty. */
    Holding first(int group) {
        return held[group][0];
    }

    /** Returns the rank of the {@link #first} of the group. */
    long firstRank(int group) {
        return firstRank[group];
    }
}
