package io.stagedoor.proxy.listener;

/** Is told what the listener turns away before a request of it is decided. For any thread. */
@FunctionalInterface
public interface ListenerObserver {

    /** An observer that does nothing. */
    ListenerObserver NONE = _ -> {};

    /**
     * Says that a connection or a stream was turned away.
     *
     * @param reason why, one of a few stable words such as {@code http2_flood}
     */
    void refused(String reason);
}
