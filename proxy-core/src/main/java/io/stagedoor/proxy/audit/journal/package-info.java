/**
 * The durable truth: an append-only chain of records, written by one thread, recovered at open.
 *
 * <p>Group commit: a commit begins whenever the one before has ended. Knows segments and the codec;
 * must never know the index or who asks questions.
 */
@NullMarked
package io.stagedoor.proxy.audit.journal;

import org.jspecify.annotations.NullMarked;
