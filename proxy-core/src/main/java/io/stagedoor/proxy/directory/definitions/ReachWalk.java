package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.policy.operation.BoundRequirement.Reached;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.definitions.Use.Given;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows what a run uses from definition to definition, breadth first, so that each thing is reached
 * by a shortest path. Each definition is followed once for each way of using it, so that cycles end;
 * for one walk.
 */
final class ReachWalk {

    /** Gives the outlines of things. */
    interface Source {

        /** Returns whether things of the kind are defined where the run is. */
        boolean holds(ThingKind kind);

        /** Learns that all of these will be asked for next; gives whether they can be. */
        boolean prepare(List<Wanted> wanted) throws RefusedException;

        /** Returns the outline of a thing that was prepared. */
        Outline outlineOf(Thing thing);
    }

    /**
     * A thing whose definition is to be followed.
     *
     * @param thing the thing
     * @param path how it was reached
     */
    record Wanted(Thing thing, List<String> path) {}

    private record Visit(ThingKind kind, String foldedName, boolean runtime, boolean pool) {}

    /** A definition that was reached; what is given there counts for all that it leads to. */
    private record Node(Thing thing, List<String> path, boolean runtime, boolean pool) {}

    private final Source source;
    private final ReachLimits limits;
    private final Reach reach;
    private final Set<Visit> visited = new HashSet<>();
    private final Set<Thing> held = new HashSet<>();
    private List<Node> level = new ArrayList<>();

    ReachWalk(Scope root, Source source, ReachLimits limits) {
        this.source = source;
        this.limits = limits;
        this.reach = new Reach(root);
    }

    /**
     * Follows what an outline names.
     *
     * @param first the uses to begin with
     * @param holds what need not be looked for, since the request defines it itself
     * @param path how the outline was reached; empty for what is started
     * @return what the run needs; empty if the source cannot give something now
     */
    Optional<List<Reached>> from(List<Use> first, Set<Thing> holds, List<String> path)
            throws RefusedException {
        holds.forEach(thing -> held.add(folded(thing)));
        for (Use use : first) {
            follow(use, path, false, false);
        }
        while (!level.isEmpty()) {
            List<Node> now = level;
            level = new ArrayList<>();
            if (!source.prepare(
                    now.stream().map(node -> new Wanted(node.thing(), node.path())).toList())) {
                return Optional.empty();
            }
            for (Node node : now) {
                expand(node);
            }
        }
        return Optional.of(reach.all());
    }

    private void expand(Node node) throws RefusedException {
        for (Use use : source.outlineOf(node.thing()).uses()) {
            boolean isGiven =
                    (node.runtime() && use.kind() == ThingKind.INTEGRATION_RUNTIME)
                            || (node.pool() && use.kind() == ThingKind.POOL);
            if (!isGiven) {
                follow(use, node.path(), node.runtime(), node.pool());
            }
        }
    }

    private void follow(Use use, List<String> from, boolean runtimeBefore, boolean poolBefore)
            throws RefusedException {
        boolean runtime = runtimeBefore || use.given() == Given.RUNTIME;
        boolean pool = poolBefore || use.given() == Given.POOL;
        List<String> path = new ArrayList<>(from);
        path.addAll(use.steps());
        path.add(use.label());
        checkSteps(path);
        boolean elsewhere = use.kind().hasDefinition() && !source.holds(use.kind());
        Use counted =
                elsewhere ? new Use(use.kind(), Optional.empty(), use.steps(), use.given()) : use;
        reach.use(counted, runtime, pool, path);
        checkRequirements(path);
        if (counted.name().isPresent() && use.kind().hasDefinition()) {
            visit(new Thing(use.kind(), counted.name().get()), path, runtime, pool);
        }
    }

    private void visit(Thing thing, List<String> path, boolean runtime, boolean pool)
            throws RefusedException {
        Visit visit = new Visit(thing.kind(), NameFold.fold(thing.name()), runtime, pool);
        if (held.contains(folded(thing)) || !visited.add(visit)) {
            return;
        }
        if (visited.size() > limits.definitions()) {
            throw Unresolved.tooFar(
                    path, "the run uses more than " + limits.definitions() + " definitions");
        }
        level.add(new Node(thing, path, runtime, pool));
    }

    private void checkSteps(List<String> path) throws RefusedException {
        if (path.size() > limits.steps()) {
            throw Unresolved.tooFar(
                    path.subList(0, 3), "it leads further than " + limits.steps() + " steps");
        }
    }

    private void checkRequirements(List<String> path) throws RefusedException {
        if (reach.size() > limits.requirements()) {
            throw Unresolved.tooFar(
                    path,
                    "the run uses more than "
                            + limits.requirements()
                            + " runtimes, pools, linked services and credentials");
        }
    }

    private static Thing folded(Thing thing) {
        return new Thing(thing.kind(), NameFold.fold(thing.name()));
    }
}
