package io.stagedoor.proxy.directory.ownership;

/** What came of claiming an id that the client chose. */
public enum Claim {
    /** Nobody had it: it is the claimant's from now on. */
    FIRST,
    /** The claimant had it already. */
    OWN,
    /** Another principal has it. */
    TAKEN
}
