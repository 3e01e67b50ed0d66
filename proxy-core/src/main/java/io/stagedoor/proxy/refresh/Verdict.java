package io.stagedoor.proxy.refresh;

/** How a source is, as one check sees it. */
public enum Verdict {
    /** It is well. */
    WELL,
    /** It is not well. */
    UNWELL,
    /** The check does not tell. */
    UNKNOWN
}
