package io.stagedoor.policy.operation;

/**
 * Thrown when a request names, in its path or body, a scope or a scope's item that cannot be one, or
 * one of another workspace (S13, S23). The request is bad and is refused whoever asks.
 *
 * <p>The message is for the client: it holds nothing but what the client sent.
 */
public final class RefusedScopeInputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    RefusedScopeInputException(String message) {
        super(message);
    }
}
