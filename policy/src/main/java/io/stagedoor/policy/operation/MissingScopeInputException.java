package io.stagedoor.policy.operation;

/**
 * Thrown when an operation is bound before all that its requirements need has been looked up: a
 * fault of the caller, never of the request.
 */
public final class MissingScopeInputException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient ScopeInput input;

    MissingScopeInputException(Operation operation, ScopeInput input) {
        super("`" + operation.name() + "` cannot be bound before `" + input + "` is looked up");
        this.input = input;
    }

    /** Returns the look-up that is missing. */
    public ScopeInput input() {
        return input;
    }
}
