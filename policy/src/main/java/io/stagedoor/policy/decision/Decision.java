package io.stagedoor.policy.decision;

/** The answer to whether a principal may do an operation, with its reasons. */
public sealed interface Decision permits Permit, Deny {

    /** Returns a stable word for the answer: {@code permitted}, or the code of the denial. */
    String code();

    /** Returns the reason in sentences that the caller may read. */
    String explanation();
}
