/**
 * The proxies that are measured: how each is configured, started, pinned to its core and ended.
 * What is not installed is named with the package that brings it.
 */
@NullMarked
package io.stagedoor.proxy.bench.peer;

import org.jspecify.annotations.NullMarked;
