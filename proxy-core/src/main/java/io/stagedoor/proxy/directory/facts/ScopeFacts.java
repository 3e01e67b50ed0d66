package io.stagedoor.proxy.directory.facts;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * Answers the look-ups that operations on one service need before they can be decided. Any thread
 * may call.
 */
public interface ScopeFacts {

    /** What is known of a service whose scopes stand in its requests alone. */
    ScopeFacts OF_REQUEST =
            new ScopeFacts() {
                @Override
                public Optional<ScopeValue> known(ScopeQuestion question) {
                    return Optional.of(
                            question.input() instanceof ScopeInput.BodyField(String pointer)
                                    ? question.body().apply(pointer)
                                    : ScopeValue.absent());
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

    /** Answers a question without waiting; empty if {@link #lookup} would have to ask upstream. */
    Optional<ScopeValue> known(ScopeQuestion question);

    /**
     * Answers a question, asking the service if need be; belongs on a virtual thread.
     *
     * @throws RefusedException {@code upstream_unreachable} if the service does not say; nothing of
     *     the request has been sent then
     */
    ScopeValue lookup(ScopeQuestion question) throws RefusedException;

    /** Learns that the service has done a state-changing operation that passed through the proxy. */
    void changed(BoundOperation operation);
}
