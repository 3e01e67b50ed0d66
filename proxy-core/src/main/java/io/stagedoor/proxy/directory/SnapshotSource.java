package io.stagedoor.proxy.directory;

/** Where the role assignments of a workspace come from. */
public enum SnapshotSource {
    /** From the workspace's own access-control API. */
    LIVE,
    /** From declarations alone; the workspace is never asked. */
    DECLARED,
    /** From both: an assignment of either counts. */
    BOTH;

    boolean isLive() {
        return this != DECLARED;
    }

    boolean isDeclared() {
        return this != LIVE;
    }
}
