package io.stagedoor.proxy.listener;

import io.netty.handler.codec.http.HttpContent;

/**
 * An exchange as its client connection sees it.
 *
 * <p>All methods are called on the connection's event loop. After the exchange has called {@link
 * ClientConnection#complete}, nothing is called any more.
 */
public interface ClientExchange {

    /** Begins; it may end before this returns. */
    void begin();

    /**
     * Takes one piece of the request body; the last one is a {@code LastHttpContent}. Ownership
     * (the duty to release) passes to the exchange.
     */
    void onRequestContent(HttpContent content);

    /** Says that the connection's outbound buffer has room again. */
    void onClientWritable();

    /** Says that the client is gone: nothing can be written any more. */
    void onClientGone();
}
