/**
 * The few bodies the proxy reads: scope inputs out of requests, job ids out of both, and links in
 * answers that would lead clients round the proxy.
 *
 * <p>Everything here is bounded in octets, depth and count, and is asked for catalogued operations
 * only; all other bodies stream past. Never changes a request, and never knows sockets or Netty.
 */
@NullMarked
package io.stagedoor.proxy.body;

import org.jspecify.annotations.NullMarked;
