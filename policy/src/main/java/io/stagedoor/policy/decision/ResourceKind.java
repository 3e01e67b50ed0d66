package io.stagedoor.policy.decision;

import java.util.Set;

/** The kinds of things that a guardrail lets somebody run by name. */
public enum ResourceKind {
    /** A pipeline: its runs may be started. */
    PIPELINE("pipeline"),
    /** A notebook: its runs may be started. */
    NOTEBOOK("notebook"),
    /** A Spark pool: batches, sessions and statements may be started on it. */
    POOL("pool");

    private static final Set<String> SPARK_WORK =
            Set.of("sparkBatch", "sparkSession", "sparkStatement");

    private final String resource;

    ResourceKind(String resource) {
        this.resource = resource;
    }

    /** Returns the kind as bound operations and access files name it, for example {@code pool}. */
    public String resource() {
        return resource;
    }

    /** Returns whether runs of this kind of operation are runs of resources of this kind. */
    boolean isRunBy(String operationKind) {
        return switch (this) {
            case PIPELINE -> operationKind.equals("pipelineRun");
            case NOTEBOOK -> operationKind.equals("notebookRun");
            case POOL -> SPARK_WORK.contains(operationKind);
        };
    }
}
