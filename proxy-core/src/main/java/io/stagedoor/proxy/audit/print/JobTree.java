package io.stagedoor.proxy.audit.print;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.index.JobGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Draws jobs as a tree, each once: under the first job that led to it, by name, so that the tree is
 * the same whichever of its jobs is asked for. A cycle is cut where it closes; its jobs hang under the
 * one that was asked for.
 */
final class JobTree {
    private static final Comparator<JobKey> BY_NAME = Comparator.comparing(JobKey::text);

    private static final SortedSet<JobKey> NONE =
            Collections.unmodifiableSortedSet(new TreeSet<>(BY_NAME));

    private final JobGraph graph;
    private final JobKey asked;
    private final Map<JobKey, SortedSet<JobKey>> children = new HashMap<>();
    private final Set<JobKey> drawn = new HashSet<>();
    private final StringBuilder out = new StringBuilder();

    private JobTree(JobGraph graph, JobKey asked) {
        this.graph = graph;
        this.asked = asked;
        for (JobEdge edge : graph.edges()) {
            children.computeIfAbsent(edge.from(), ignored -> new TreeSet<>(BY_NAME)).add(edge.to());
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
        roots.sort(BY_NAME);
        roots.add(asked);
        roots.addAll(graph.jobs());
        return roots;
    }

    private void node(JobKey job, String prefix, String indent) {
        if (!drawn.add(job)) {
            return;
        }
        out.append(prefix).append(Plain.job(job)).append(where(job));
        out.append(job.equals(asked) ? "   <- asked for\n" : "\n");
        List<JobKey> next =
                childrenOf(job).stream()
                        .filter(child -> !drawn.contains(child) && !isBelowAnother(job, child))
                        .toList();
        for (int i = 0; i < next.size(); i++) {
            boolean last = i == next.size() - 1;
            node(next.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    /** Says whose job it is where the tree goes over several services. */
    private String where(JobKey job) {
        boolean several =
                graph.jobs().stream()
                        .anyMatch(
                                other ->
                                        !other.platform().equals(job.platform())
                                                || !other.workspace().equals(job.workspace()));
        return several ? Plain.safe(", " + job.platform() + " " + job.workspace()) : "";
    }

    /** What leads to a job by way of another child is drawn there, where it says more. */
    private boolean isBelowAnother(JobKey job, JobKey child) {
        return childrenOf(job).stream()
                .filter(other -> !other.equals(child) && !drawn.contains(other))
                .anyMatch(other -> childrenOf(other).contains(child));
    }

    private Collection<JobKey> childrenOf(JobKey job) {
        return children.getOrDefault(job, NONE);
    }
}
