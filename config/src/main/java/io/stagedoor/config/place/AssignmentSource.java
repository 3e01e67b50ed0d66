package io.stagedoor.config.place;

/** Where the role assignments of a workspace come from. */
public enum AssignmentSource {
    /** From the live workspace, by its access-control API. */
    LIVE,
    /** From the access file alone. */
    DECLARED,
    /** From both; an assignment of either counts. */
    BOTH;

    /** Returns whether the live workspace is asked. */
    public boolean isLive() {
        return this != DECLARED;
    }

    /** Returns whether the access file counts. */
    public boolean isDeclared() {
        return this != LIVE;
    }
}
