package io.stagedoor.proxy.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/**
 * What an upstream connection tells the exchange that uses it.
 *
 * <p>Called on the connection's event loop only, and never after {@link
 * UpstreamConnection#release} or {@link UpstreamConnection#close}.
 */
public interface ResponseReceiver {

    /**
     * Takes the head of the final response; interim (1xx) responses are not reported, but for a 101
     * to a request that asked for it.
     */
    void onResponseHead(HttpResponse head);

    /**
     * Takes one piece of the response body; the last one is a {@code LastHttpContent}. Ownership
     * (the duty to release) passes to the receiver.
     */
    void onResponseContent(HttpContent content);

    /** Says that all that was read from the socket has been reported. */
    void onResponseReadComplete();

    /** Says that the connection's outbound buffer has room again. */
    void onUpstreamWritable();

    /** Says that the connection failed or was closed before the response was complete. */
    void onUpstreamFailed(ConnectionFailure failure);
}
