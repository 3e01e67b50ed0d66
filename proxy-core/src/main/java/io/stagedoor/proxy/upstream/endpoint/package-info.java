/**
 * The addresses of one service and how they fare: which to use next, which to leave alone for a
 * while.
 *
 * <p>Knows neither sockets nor time of its own; whoever reports says when.
 */
@NullMarked
package io.stagedoor.proxy.upstream.endpoint;

import org.jspecify.annotations.NullMarked;
