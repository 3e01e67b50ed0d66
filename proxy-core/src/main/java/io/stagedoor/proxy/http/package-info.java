/**
 * What a request and an answer are in HTTP: one canonical target, one authority, checked fields,
 * and the words of every refusal.
 *
 * <p>A head is checked once, when it is parsed, and the object that was checked is the object that
 * is decided on and forwarded. Stages see strings only; {@code NettyHeads} alone converts from and
 * to Netty. Knows nothing of operations, principals' rights or connections.
 */
@NullMarked
package io.stagedoor.proxy.http;

import org.jspecify.annotations.NullMarked;
