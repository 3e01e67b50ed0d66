/**
 * Keeps the credentials embedded in connections of a Tableau site as the secret store has them, on a
 * schedule and on demand, with a record of every change.
 *
 * <p>Secrets pass through and are not kept: what is remembered of one is a digest under a key of this
 * process. Must never know requests of clients.
 */
@NullMarked
package io.stagedoor.proxy.rotation;

import org.jspecify.annotations.NullMarked;
