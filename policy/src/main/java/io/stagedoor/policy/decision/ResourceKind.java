package io.stagedoor.policy.decision;

import java.util.Set;

/** The kinds of things that a guardrail lets somebody run by name. */
public enum ResourceKind {
    /** A pipeline: its runs may be started. */
    PIPELINE("pipeline", Set.of("pipelineRun")),
    /** A notebook: its runs may be started. */
    NOTEBOOK("notebook", Set.of("notebookRun")),
    /** A Spark pool: batches, sessions and statements may be started on it. */
    POOL("pool", Set.of("sparkBatch", "sparkSession", "sparkStatement"));

    private final String resource;
    private final Set<String> operationKinds;

    ResourceKind(String resource, Set<String> operationKinds) {
        this.resource = resource;
        this.operationKinds = operationKinds;
    }

    /** Returns the kind as bound operations and access files name it, for example {@code pool}. */
    public String resource() {
        return resource;
    }

    /** Returns whether operations that concern such a kind of thing run resources of this kind. */
    boolean isRunBy(String operationKind) {
        return operationKinds.contains(operationKind);
    }
}
