/**
 * How sources of refreshes are looked at: pipelines, SQL pools, addresses, and the proxy's own
 * connections.
 *
 * <p>Must never know why somebody asks.
 */
@NullMarked
package io.stagedoor.proxy.refresh.check;

import org.jspecify.annotations.NullMarked;
