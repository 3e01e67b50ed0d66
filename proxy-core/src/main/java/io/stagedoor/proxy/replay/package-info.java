/**
 * Keeps a client's retry from starting a job twice.
 *
 * <p>Azure clients repeat a run-starting call on a lost or failed answer, with the same {@code
 * x-ms-client-request-id}. Knows keys and answers; nothing of how they are asked or sent.
 */
@NullMarked
package io.stagedoor.proxy.replay;

import org.jspecify.annotations.NullMarked;
