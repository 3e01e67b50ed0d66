package io.stagedoor.policy.principal;

import java.util.Arrays;

/**
 * A directed graph reduced to its strongly connected components, by Tarjan's algorithm with its
 * recursion unrolled onto arrays.
 *
 * <p>Components are numbered so that every edge between two of them leads to the lower number. All
 * arrays are linear in nodes and edges: what lies above a component is not stored but walked.
 */
final class Condensation {

    private final int[] componentOf;
    private final int[] memberStart;
    private final int[] members;
    private final int[] edgeStart;
    private final int[] edges;

    private Condensation(int[][] graph, int[] componentOf, int components) {
        this.componentOf = componentOf;
        this.memberStart = startsOf(componentOf, components);
        this.members = new int[graph.length];
        this.edgeStart = new int[components + 1];
        for (int node = 0; node < graph.length; node++) {
            edgeStart[componentOf[node] + 1] += graph[node].length;
        }
        accumulate(edgeStart);
        this.edges = new int[edgeStart[components]];
        fill(graph);
    }

    static Condensation of(int[][] graph) {
        Search search = new Search(graph);
        for (int node = 0; node < graph.length; node++) {
            search.from(node);
        }
        return new Condensation(graph, search.componentOf, search.components);
    }

    int componentOf(int node) {
        return componentOf[node];
    }

    /** Returns the nodes of a component. */
    int[] membersOf(int component) {
        return Arrays.copyOfRange(members, memberStart[component], memberStart[component + 1]);
    }

    /** Returns the components that edges of this one lead to; itself and repetitions included. */
    int[] above(int component) {
        return Arrays.copyOfRange(edges, edgeStart[component], edgeStart[component + 1]);
    }

    /** Returns whether a node of this component can be reached from itself. */
    boolean isCircle(int component) {
        for (int i = edgeStart[component]; i < edgeStart[component + 1]; i++) {
            if (edges[i] == component) {
                return true;
            }
        }
        return false;
    }

    private static int[] startsOf(int[] componentOf, int components) {
        int[] starts = new int[components + 1];
        for (int component : componentOf) {
            starts[component + 1]++;
        }
        accumulate(starts);
        return starts;
    }

    private static void accumulate(int[] counts) {
        for (int i = 1; i < counts.length; i++) {
            counts[i] += counts[i - 1];
        }
    }

    private void fill(int[][] graph) {
        int[] nextMember = memberStart.clone();
        int[] nextEdge = edgeStart.clone();
        for (int node = 0; node < graph.length; node++) {
            int component = componentOf[node];
            members[nextMember[component]++] = node;
            for (int target : graph[node]) {
                edges[nextEdge[component]++] = componentOf[target];
            }
        }
    }

    /** Tarjan's depth-first search: one frame per node on {@code path}, its progress in arrays. */
    private static final class Search {

        private static final int NONE = -1;

        private final int[][] graph;
        private final int[] order;
        private final int[] low;
        private final int[] nextEdge;
        private final int[] path;
        private final int[] open;
        private final int[] componentOf;
        private int visited;
        private int depth;
        private int openSize;
        private int components;

        Search(int[][] graph) {
            this.graph = graph;
            this.order = new int[graph.length];
            this.low = new int[graph.length];
            this.nextEdge = new int[graph.length];
            this.path = new int[graph.length];
            this.open = new int[graph.length];
            this.componentOf = new int[graph.length];
            Arrays.fill(order, NONE);
            Arrays.fill(componentOf, NONE);
        }

        void from(int start) {
            if (order[start] == NONE) {
                enter(start);
            }
            while (depth > 0) {
                int node = path[depth - 1];
                if (nextEdge[node] < graph[node].length) {
                    follow(node, graph[node][nextEdge[node]++]);
                } else {
                    leave(node);
                }
            }
        }

        private void enter(int node) {
            order[node] = visited;
            low[node] = visited;
            visited++;
            path[depth++] = node;
            open[openSize++] = node;
        }

        private void follow(int node, int target) {
            if (order[target] == NONE) {
                enter(target);
            } else if (componentOf[target] == NONE) {
                low[node] = Math.min(low[node], order[target]);
            }
        }

        private void leave(int node) {
            depth--;
            if (depth > 0) {
                int parent = path[depth - 1];
                low[parent] = Math.min(low[parent], low[node]);
            }
            if (low[node] == order[node]) {
                close(node);
            }
        }

        private void close(int root) {
            int node;
            do {
                node = open[--openSize];
                componentOf[node] = components;
            } while (node != root);
            components++;
        }
    }
}
