package io.stagedoor.config.place;

/** Who is given a list whose items have scopes of their own. */
public enum ListMode {
    /** Who may see all of it, as with the service itself. */
    WHOLE,
    /** Who may see some of it too, and what they may not see is left out. */
    FILTERED
}
