/**
 * The load bench: starts upstream, floor and Stagedoor as processes, puts them under load in turn,
 * and reports what a request costs.
 *
 * <p>Needs Linux: {@code /proc} for processor times and {@code taskset} for pinning.
 */
@NullMarked
package io.stagedoor.proxy.bench;

import org.jspecify.annotations.NullMarked;
