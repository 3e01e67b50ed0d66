package io.stagedoor.proxy.upstream;

import io.netty.handler.codec.http.HttpObject;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;

/**
 * A connection to an upstream, lent to one exchange at a time.
 *
 * <p>Confined to its event loop.
 */
public interface UpstreamConnection {

    /** Returns where it leads. */
    Endpoint endpoint();

    /** Returns whether the connection has carried an exchange before. */
    boolean isReused();

    /** Writes a part of the request without flushing; ownership passes to the connection. */
    void write(HttpObject part);

    /** Flushes what was written. */
    void flush();

    /** Returns whether the outbound buffer has room. */
    boolean isWritable();

    /** Asks for more of the response. */
    void read();

    /**
     * Ends HTTP on the connection after a response that switched protocols. From then on each piece
     * that is read or written is octets of the other protocol, as {@code HttpContent}, and none of
     * them is the last; the connection is no longer bound by any deadline. {@link #close} then lets
     * what was written go out first.
     */
    void becomeTunnel();

    /**
     * Gives the connection back after a complete response.
     *
     * @param reusable whether it may carry another exchange
     */
    void release(boolean reusable);

    /** Closes the connection; used when the exchange ends before the response does. */
    void close();
}
