package io.stagedoor.proxy.listener;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A client's connection, as the exchange that it is busy with uses it.
 *
 * <p>Confined to its event loop: call every method there.
 */
public interface ClientConnection {

    /** Returns the event loop that owns the connection. */
    EventLoop eventLoop();

    /** Returns the client's address. */
    InetSocketAddress remoteAddress();

    /** Returns the certificate that the client showed, if it was asked and did. */
    Optional<ClientCertificate> certificate();

    /** Asks for the next piece of the request; it arrives at {@link ClientExchange}. */
    void read();

    /** Writes a part of the response without flushing; ownership passes to the connection. */
    void write(HttpObject part);

    /** Flushes what was written. */
    void flush();

    /** Returns whether the outbound buffer has room. */
    boolean isWritable();

    /** Returns whether the listener is draining: responses should then close the connection. */
    boolean isDraining();

    /**
     * Ends the exchange after its last response part was written. The rest of the request body, if
     * any, is read and thrown away within a bound before the next request is taken.
     *
     * @param reusable whether another request may follow on this connection
     */
    void complete(boolean reusable);

    /**
     * Ends HTTP on the connection after a response that switches protocols was written. From then on
     * each piece that is read or written is octets of the other protocol, as {@link HttpContent},
     * and none of them is the last; octets that the client sent early come first.
     *
     * @param idle called when nothing has gone either way for the listener's idle time
     * @throws UnsupportedOperationException if this is a stream of HTTP/2
     */
    void becomeTunnel(Runnable idle);

    /** Closes the connection at once, for a response that cannot be finished. */
    void abort();
}
