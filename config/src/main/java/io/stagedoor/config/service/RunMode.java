package io.stagedoor.config.service;

/** What whoever starts a run must be allowed besides starting it. */
public enum RunMode {
    /** What the service itself demands: nothing of what the run uses. */
    PLAIN,
    /** The use of every runtime and pool, and the secret of every linked service, that it reaches. */
    STRICT
}
