package io.stagedoor.proxy.upstream;

import java.time.Duration;

/**
 * How connections to an upstream are made and kept.
 *
 * @param connectTimeout how long connecting and the TLS handshake may take, each
 * @param idleTimeout how long an unused connection is kept for reuse
 * @param maxIdlePerLoop how many unused connections each event loop keeps
 * @param maxHeaderSize the largest head of a response, in bytes
 */
public record UpstreamSettings(
        Duration connectTimeout, Duration idleTimeout, int maxIdlePerLoop, int maxHeaderSize) {}
