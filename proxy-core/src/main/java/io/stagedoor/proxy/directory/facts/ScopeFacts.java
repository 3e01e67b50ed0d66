package io.stagedoor.proxy.directory.facts;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.definitions.RunRequirements;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * Answers the look-ups that operations on one service need before they can be decided. Any thread
 * may call.
 */
public interface ScopeFacts {

    /**
     * Returns what is known of a service whose scopes stand in its requests alone: its own name, and
     * of what a request names nothing but that it does.
     */
    static ScopeFacts ofRequest(Scope root) {
        return new ScopeFacts() {
            @Override
            public Optional<ScopeValue> known(ScopeQuestion question) {
                return Optional.of(
                        switch (question.input()) {
                            case ScopeInput.BodyField(String pointer) ->
                                    question.body().apply(pointer);
                            case ScopeInput.RootName _ -> ScopeValue.text(root.rootName());
                            default -> ScopeValue.absent();
                        });
            }

            @Override
            public ScopeValue lookup(ScopeQuestion question) {
                return known(question).orElseThrow();
            }

            @Override
            public void changed(BoundOperation operation) {
                // nothing is kept
            }
        };
    }

    /** Answers a question without waiting; empty if {@link #lookup} would have to ask upstream. */
    Optional<ScopeValue> known(ScopeQuestion question);

    /**
     * Answers a question, asking the service if need be; belongs on a virtual thread.
     *
     * @throws RefusedException {@code upstream_unreachable} if the service does not say; nothing of
     *     the request has been sent then
     */
    ScopeValue lookup(ScopeQuestion question) throws RefusedException;

    /** Returns what runs there need beyond what starts them; nothing unless runs are strict. */
    default RunRequirements runs() {
        return RunRequirements.PLAIN;
    }

    /** Returns the pipeline that a run is of without waiting; empty if it would have to be asked for. */
    default Optional<ScopeValue> knownPipelineOf(String runId) {
        return Optional.of(ScopeValue.absent());
    }

    /** Returns the pipeline that a run is of, asking the service if need be; absent if it is unknown. */
    default ScopeValue pipelineOf(String runId) {
        return ScopeValue.absent();
    }

    /** Learns that a run of the operation's pipeline was started. */
    default void runStarted(BoundOperation operation, String runId) {
        // runs are told apart only where a service has them
    }

    /** Learns that the service has done a state-changing operation that passed through the proxy. */
    void changed(BoundOperation operation);
}
