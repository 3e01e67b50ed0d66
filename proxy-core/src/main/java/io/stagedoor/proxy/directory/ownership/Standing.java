package io.stagedoor.proxy.directory.ownership;

/** How a principal stands to an id. */
public enum Standing {
    /** The principal made it. */
    OWNER,
    /** Another principal made it. */
    OTHER,
    /** The proxy does not know who made it: before its time, elsewhere, or long ago. */
    UNKNOWN
}
