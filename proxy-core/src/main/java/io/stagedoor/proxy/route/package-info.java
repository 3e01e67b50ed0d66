/**
 * From the host and path a client asked for to the service it means.
 *
 * <p>Knows nothing of tokens, rights or connections; a route is chosen before anybody is asked who
 * they are.
 */
@NullMarked
package io.stagedoor.proxy.route;

import org.jspecify.annotations.NullMarked;
