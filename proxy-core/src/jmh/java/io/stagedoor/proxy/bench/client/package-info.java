/**
 * The load client: keep-alive connections, each with tokens of its own, in a closed loop
 * or at a constant rate. Counts and times answers, and believes none that is not as expected.
 */
@NullMarked
package io.stagedoor.proxy.bench.client;

import org.jspecify.annotations.NullMarked;
