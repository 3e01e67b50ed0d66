/**
 * One request and its answer: admitted, recorded, forwarded, answered, recorded again.
 *
 * <p>Everything here is confined to the event loop of the client's connection; only the journey may
 * leave it, when it has to wait. Knows how the stages' results become bytes and audit records.
 */
@NullMarked
package io.stagedoor.proxy.exchange;

import org.jspecify.annotations.NullMarked;
