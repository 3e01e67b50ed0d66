/**
 * The way of a request from its head to the right to be forwarded, stage by stage.
 *
 * <p>Knows every stage and their order. Knows nothing of sockets: it neither reads nor writes, and
 * it runs wherever it is called.
 */
@NullMarked
package io.stagedoor.proxy.journey;

import org.jspecify.annotations.NullMarked;
