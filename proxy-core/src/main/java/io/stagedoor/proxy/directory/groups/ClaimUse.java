package io.stagedoor.proxy.directory.groups;

/** What counts when a token names groups and a directory can be asked too. Never both (S36). */
public enum ClaimUse {
    /** The token; the directory is never asked. */
    TOKEN,
    /** The directory, whatever the token says. */
    DIRECTORY,
    /** The token if it names its groups, else the directory. */
    TOKEN_THEN_DIRECTORY
}
