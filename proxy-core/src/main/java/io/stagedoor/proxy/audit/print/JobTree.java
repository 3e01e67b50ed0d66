package io.stagedoor.proxy.audit.print;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.index.JobGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws jobs as a tree, each once: under the first job that led to it. A cycle is cut where it
 * closes; its jobs hang under the one that was asked for.
 */
final class JobTree {
    private final JobGraph graph;
    private final JobKey asked;
    private final Map<JobKey, List<JobKey>> children = new LinkedHashMap<>();
    private final Set<JobKey> drawn = new HashSet<>();
    private final StringBuilder out = new StringBuilder();

    private JobTree(JobGraph graph, JobKey asked) {
        this.graph = graph;
        this.asked = asked;
        for (JobEdge edge : graph.edges()) {
            children.computeIfAbsent(edge.from(), ignored -> new ArrayList<>()).add(edge.to());
        }
    }

    static String draw(JobGraph graph, JobKey asked, String indent) {
        JobTree tree = new JobTree(graph, asked);
        for (JobKey root : tree.roots()) {
            tree.node(root, indent, indent);
        }
        return tree.out.toString();
    }

    /** First those that nothing led to, then, for what only a cycle reaches, the one asked for. */
    private List<JobKey> roots() {
        Set<JobKey> led = new HashSet<>();
        graph.edges().forEach(edge -> led.add(edge.to()));
        List<JobKey> roots = new ArrayList<>(graph.jobs());
        roots.removeIf(led::contains);
        roots.add(asked);
        roots.addAll(graph.jobs());
        return roots;
    }

    private void node(JobKey job, String prefix, String indent) {
        if (!drawn.add(job)) {
            return;
        }
        out.append(prefix).append(Plain.job(job));
        out.append(job.equals(asked) ? "   <- asked for\n" : "\n");
        List<JobKey> next =
                children.getOrDefault(job, List.of()).stream()
                        .filter(child -> !drawn.contains(child))
                        .distinct()
                        .toList();
        for (int i = 0; i < next.size(); i++) {
            boolean last = i == next.size() - 1;
            node(next.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }
}
