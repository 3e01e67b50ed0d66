/**
 * Runs that were started through the proxy, looked at until they end, so that the trail has the whole
 * tree of their jobs even when no client asks.
 *
 * <p>Must never change anything upstream, and never be waited for by a request.
 */
@NullMarked
package io.stagedoor.proxy.follow;

import org.jspecify.annotations.NullMarked;
