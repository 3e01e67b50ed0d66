package io.stagedoor.proxy.listener;

import io.netty.handler.codec.http.HttpRequest;

/**
 * What a client connection hands its requests to.
 *
 * <p>Called on the connection's event loop only.
 */
@FunctionalInterface
public interface RequestReceiver {

    /**
     * Opens an exchange, to be begun next. The head may carry a failed decoder result; it is then answered and the
     * connection closed.
     *
     * @param connection the connection that the request came on
     * @param head the request head as the decoder read it
     * @return the exchange, which gets the rest of the request
     */
    ClientExchange open(ClientConnection connection, HttpRequest head);
}
