package io.stagedoor.policy.operation;

/**
 * What an operation does to the platform, which its HTTP method does not tell: {@code POST
 * /queryPipelineRuns} reads (S65).
 */
public enum Effect {
    /** Looks only. */
    READ,
    /** Makes or changes an object. */
    WRITE,
    /** Removes an object. */
    DELETE,
    /** Starts, stops or steers something that runs. */
    EXECUTE,
    /** Gives a right: writes a role assignment. */
    GRANT,
    /** Takes a right away: deletes a role assignment. */
    REVOKE,
    /** Hands out a secret or a token. */
    SECRET;

    /** Returns whether the operation is more than a look: every effect but {@link #READ}. */
    public boolean isStateChanging() {
        return this != READ;
    }
}
