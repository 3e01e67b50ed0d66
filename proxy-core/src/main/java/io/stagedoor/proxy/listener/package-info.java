/**
 * Where clients connect: sockets, TLS, HTTP/1.1 and HTTP/2, limits and drain.
 *
 * <p>Turns bytes into request heads and pieces of bodies, one exchange at a time for each connection
 * of HTTP/1.1, and one for each stream of HTTP/2.
 * Knows nothing of tokens, routes or decisions: it hands each request to a {@link
 * io.stagedoor.proxy.listener.RequestReceiver}.
 */
@NullMarked
package io.stagedoor.proxy.listener;

import org.jspecify.annotations.NullMarked;
