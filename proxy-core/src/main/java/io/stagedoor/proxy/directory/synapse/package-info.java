/**
 * What a live Synapse workspace says of itself: role assignments, role definitions, and the few
 * artefacts whose Spark pool decides a scope.
 *
 * <p>Reads strictly and completely or not at all: an answer of another shape, a page that fails or a
 * list without end is an error, never a shorter list. Must never decide, hold state between calls,
 * or know what its answers are used for.
 */
@NullMarked
package io.stagedoor.proxy.directory.synapse;

import org.jspecify.annotations.NullMarked;
