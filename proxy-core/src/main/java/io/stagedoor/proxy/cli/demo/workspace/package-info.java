/**
 * A Synapse workspace's data plane on loopback, as its documents and recordings describe it.
 *
 * <p>Keeps its state in memory, remembers every request, and answers only its one upstream bearer.
 * Knows nothing of the proxy and decides nothing about people.
 */
@NullMarked
package io.stagedoor.proxy.cli.demo.workspace;

import org.jspecify.annotations.NullMarked;
