/**
 * What runs under load, each as a process of its own: the upstream, the bare forwarder that is the
 * floor of what a proxy can cost, and Stagedoor.
 */
@NullMarked
package io.stagedoor.proxy.bench.server;

import org.jspecify.annotations.NullMarked;
