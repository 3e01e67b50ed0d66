package io.stagedoor.proxy.journey;

/** Whether the journey may wait for something that is not at hand, such as a signing key. */
public enum Pace {
    /** It must not wait: it runs on an event loop, and gives up with {@link NotYet}. */
    INLINE,
    /** It may wait: it runs on a virtual thread of its own. */
    WAITING
}
