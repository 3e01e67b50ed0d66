package io.stagedoor.policy.principal;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Who is in which group, and through nesting in which others.
 *
 * <p>Memberships may be nested to any depth and may run in circles. The graph is condensed once into
 * its strongly connected components, so a circle is one node and a walk upward meets each node at
 * most once. Building takes time and memory linear in members and memberships; a question takes time
 * linear in the part of the graph above the asked principals. Nothing recurses, so depth costs no
 * stack. Immutable and safe for any thread.
 */
public final class GroupGraph {

    private static final int[] NO_EDGES = {};
    private static final GroupGraph EMPTY = of(Map.of());

    private final Map<PrincipalId, Integer> nodes;
    private final PrincipalId[] ids;
    private final Condensation condensation;

    private GroupGraph(Map<PrincipalId, Integer> nodes, PrincipalId[] ids, Condensation all) {
        this.nodes = nodes;
        this.ids = ids;
        this.condensation = all;
    }

    /** Returns the graph without any membership. */
    public static GroupGraph empty() {
        return EMPTY;
    }

    /**
     * Builds the graph from direct memberships.
     *
     * @param memberOf for each member, a group or not, the groups it is directly in
     */
    public static GroupGraph of(Map<PrincipalId, ? extends Collection<PrincipalId>> memberOf) {
        Map<PrincipalId, Integer> nodes = new HashMap<>();
        memberOf.forEach(
                (member, groups) -> {
                    nodes.putIfAbsent(member, nodes.size());
                    groups.forEach(group -> nodes.putIfAbsent(group, nodes.size()));
                });
        PrincipalId[] ids = new PrincipalId[nodes.size()];
        nodes.forEach((id, node) -> ids[node] = id);
        int[][] edges = new int[ids.length][];
        for (int node = 0; node < ids.length; node++) {
            Collection<PrincipalId> groups = memberOf.get(ids[node]);
            edges[node] = groups == null ? NO_EDGES : nodesOf(groups, nodes);
        }
        return new GroupGraph(nodes, ids, Condensation.of(edges));
    }

    private static int[] nodesOf(Collection<PrincipalId> ids, Map<PrincipalId, Integer> nodes) {
        int[] found = new int[ids.size()];
        int size = 0;
        for (PrincipalId id : ids) {
            found[size++] = nodes.getOrDefault(id, -1);
        }
        return found;
    }

    /** Returns whether there is no membership at all. */
    public boolean isEmpty() {
        return ids.length == 0;
    }

    /** Returns everybody the graph speaks of, members and groups; cannot be changed. */
    public Collection<PrincipalId> principals() {
        return List.of(ids);
    }

    /**
     * Returns all groups of a principal, direct and nested; empty for somebody the graph does not
     * speak of. A group that is in itself, directly or in a circle, is among its own groups.
     */
    public Set<PrincipalId> groupsOf(PrincipalId principal) {
        Set<PrincipalId> found = new LinkedHashSet<>();
        Integer node = nodes.get(principal);
        if (node != null) {
            int start = condensation.componentOf(node);
            walk(List.of(start), component -> collect(component, found));
            if (!condensation.isCircle(start)) {
                found.remove(principal);
            }
        }
        return found;
    }

    /** Returns the given groups and all groups these are in, direct and nested. */
    public Set<PrincipalId> closureOf(Collection<PrincipalId> direct) {
        Set<PrincipalId> found = new LinkedHashSet<>(direct);
        List<Integer> starts =
                direct.stream()
                        .filter(nodes::containsKey)
                        .map(id -> condensation.componentOf(nodes.getOrDefault(id, -1)))
                        .toList();
        walk(starts, component -> collect(component, found));
        return found;
    }

    private void collect(int component, Set<PrincipalId> into) {
        for (int node : condensation.membersOf(component)) {
            into.add(ids[node]);
        }
    }

    private void walk(Collection<Integer> starts, IntConsumer visit) {
        BitSet seen = new BitSet();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        starts.forEach(start -> enter(start, seen, open));
        while (!open.isEmpty()) {
            int component = open.removeLast();
            visit.accept(component);
            for (int next : condensation.above(component)) {
                enter(next, seen, open);
            }
        }
    }

    private static void enter(int component, BitSet seen, ArrayDeque<Integer> open) {
        if (!seen.get(component)) {
            seen.set(component);
            open.addLast(component);
        }
    }
}
