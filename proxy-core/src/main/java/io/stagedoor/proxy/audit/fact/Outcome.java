package io.stagedoor.proxy.audit.fact;

/** How a permitted exchange ended. */
public enum Outcome {
    /** The upstream answered in full; its status tells how it went. */
    ANSWERED,
    /** The upstream began to answer, and the answer ended early on either side. */
    CUT_SHORT,
    /** It was ended under way, because the same request would have been refused by then. */
    REVOKED,
    /** Nothing reached the upstream: no connection could be made. */
    UNREACHABLE,
    /** Nothing was sent: the proxy gave up after deciding, for example for want of a credential. */
    NOT_SENT,
    /** It repeated an earlier call, and was given that call's answer: nothing was sent. */
    REPEATED,
    /** It may have reached the upstream; nobody can say what came of it. */
    UNKNOWN
}
