package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement.Reached;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.Optional;

/** What running something needs beyond what the operation itself requires. Any thread may call. */
public interface RunRequirements {

    /** Nothing: where runs are plain, the service's own rules hold (S60). */
    RunRequirements PLAIN =
            new RunRequirements() {
                @Override
                public boolean readsBody(Operation operation) {
                    return false;
                }

                @Override
                public Optional<List<Reached>> known(
                        BoundOperation operation, Optional<byte[]> body) {
                    return Optional.of(List.of());
                }

                @Override
                public List<Reached> lookup(BoundOperation operation, Optional<byte[]> body) {
                    return List.of();
                }

                @Override
                public void changed(BoundOperation operation) {
                    // nothing is kept
                }
            };

    /** Returns whether the request's body has to be there to tell. */
    boolean readsBody(Operation operation);

    /**
     * Returns what is needed without waiting; empty if {@link #lookup} would have to read.
     *
     * @throws RefusedException if it cannot be told
     */
    Optional<List<Reached>> known(BoundOperation operation, Optional<byte[]> body)
            throws RefusedException;

    /**
     * Returns what is needed, reading definitions if need be; waits.
     *
     * @throws RefusedException if it cannot be told: {@code run_unresolved} for what is defined so,
     *     {@code upstream_unreachable} if a definition could not be read, {@code bad_request} for a
     *     body
     */
    List<Reached> lookup(BoundOperation operation, Optional<byte[]> body) throws RefusedException;

    /** Learns of a write that passed through the proxy. */
    void changed(BoundOperation operation);
}
