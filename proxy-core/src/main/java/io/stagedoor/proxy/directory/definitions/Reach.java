package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.policy.operation.BoundRequirement.Reached;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what a run needs, each right at each scope once, by the first path that led there. */
final class Reach {

    private static final Action COMPUTE_OF_RUNTIMES =
            Action.ofShort("integrationRuntimes/useCompute/action");
    private static final Action COMPUTE_OF_POOLS = Action.ofShort("bigDataPools/useCompute/action");
    private static final Action SECRET_OF_SERVICES =
            Action.ofShort("linkedServices/useSecret/action");
    private static final Action SECRET_OF_CREDENTIALS =
            Action.ofShort("credentials/useSecret/action");

    private record Right(Action action, Scope scope) {}

    private final Scope root;
    private final Map<Right, Reached> found = new LinkedHashMap<>();

    Reach(Scope root) {
        this.root = root;
    }

    /** Adds what the use of one thing needs by itself. */
    void use(Use use, boolean runtimeIsGiven, boolean poolIsGiven, List<String> path) {
        switch (use.kind()) {
            case INTEGRATION_RUNTIME ->
                    at(COMPUTE_OF_RUNTIMES, ItemType.INTEGRATION_RUNTIME, use, path);
            case POOL -> at(COMPUTE_OF_POOLS, ItemType.BIG_DATA_POOL, use, path);
            case CREDENTIAL -> at(SECRET_OF_CREDENTIALS, ItemType.CREDENTIAL, use, path);
            case LINKED_SERVICE -> {
                at(SECRET_OF_SERVICES, ItemType.LINKED_SERVICE, use, path);
                anything(use, runtimeIsGiven, true, path);
            }
            case DATASET, DATA_FLOW -> anything(use, runtimeIsGiven, true, path);
            case NOTEBOOK, JOB_DEFINITION -> anythingSpark(use, poolIsGiven, path);
            case PIPELINE, TRIGGER, CHANGE_DATA_CAPTURE, UNKNOWN ->
                    anything(use, false, false, path);
        }
    }

    /** Adds one right at the root of the workspace or factory. */
    void atRoot(Action action, List<String> path) {
        found.putIfAbsent(new Right(action, root), new Reached(action, root, path));
    }

    List<Reached> all() {
        return new ArrayList<>(found.values());
    }

    int size() {
        return found.size();
    }

    private void at(Action action, ItemType type, Use use, List<String> path) {
        Scope scope = use.name().map(name -> item(type, name)).orElse(root);
        found.putIfAbsent(new Right(action, scope), new Reached(action, scope, path));
    }

    /** A name that no item can have is some item that is not known. */
    private Scope item(ItemType type, String name) {
        try {
            return root.item(type, name);
        } catch (IllegalArgumentException _) {
            return root;
        }
    }

    /** What is not named may lead to any linked service, and what stands for a whole run to more. */
    private void anything(Use use, boolean runtimeIsGiven, boolean dataOnly, List<String> path) {
        if (use.name().isPresent() && use.kind() != ThingKind.UNKNOWN) {
            return;
        }
        atRoot(SECRET_OF_SERVICES, path);
        atRoot(SECRET_OF_CREDENTIALS, path);
        if (!runtimeIsGiven) {
            atRoot(COMPUTE_OF_RUNTIMES, path);
        }
        if (!dataOnly) {
            atRoot(COMPUTE_OF_POOLS, path);
        }
    }

    private void anythingSpark(Use use, boolean poolIsGiven, List<String> path) {
        if (use.name().isEmpty() && !poolIsGiven) {
            atRoot(COMPUTE_OF_POOLS, path);
        }
    }
}
