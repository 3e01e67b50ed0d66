package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.OperationFlag;
import io.stagedoor.policy.scope.NameFold;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The named things of one kind that a guardrail lets somebody run.
 *
 * @param kind the kind of thing
 * @param names the names, compared as {@link NameFold} does
 */
public record RunRule(ResourceKind kind, Set<String> names) {

    /**
     * What bound operations call the pipeline that the run they are about is of. Only who looked the
     * run up may say so: the pipeline that a path names is the caller's word.
     */
    public static final String PIPELINE_OF_RUN = "pipelineOfRun";

    /** Checks the kind and copies the names. */
    public RunRule {
        Objects.requireNonNull(kind, "kind");
        names = Set.copyOf(names);
    }

    /**
     * Returns whether the operation starts a run of one of the named things, or looks at or cancels
     * one. An operation that only concerns such a thing, as a rename does, runs nothing.
     */
    boolean allows(BoundOperation operation) {
        return starts(operation) || (kind == ResourceKind.PIPELINE && isOfRun(operation));
    }

    private boolean isOfRun(BoundOperation operation) {
        return operation.resource(PIPELINE_OF_RUN).filter(this::isNamed).isPresent();
    }

    private boolean starts(BoundOperation operation) {
        return operation.operation().traits().has(OperationFlag.RUNS_NAMED_RESOURCE)
                && kind.isRunBy(operation.operation().kind())
                && operation.resource(kind.resource()).filter(this::isNamed).isPresent();
    }

    private boolean isNamed(String name) {
        return names.stream().anyMatch(allowed -> NameFold.same(allowed, name));
    }

    /** Returns the kind and the names in order, for example {@code pipeline `daily`, `weekly`}. */
    String text() {
        return kind.resource() + " `" + String.join("`, `", new TreeSet<>(names)) + "`";
    }
}
