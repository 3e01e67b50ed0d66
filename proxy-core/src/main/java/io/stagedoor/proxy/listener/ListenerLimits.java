package io.stagedoor.proxy.listener;

import java.time.Duration;

/**
 * The bounds that the listener puts on each client connection.
 *
 * @param maxConnections the largest number of client connections open at once
 * @param maxRequestLine the longest request line, in bytes
 * @param maxHeaderSize the largest head of a request without its request line, in bytes
 * @param maxChunk the largest piece of a body handed on at once, in bytes
 * @param idleTimeout how long a connection may stay open between two requests
 * @param handshakeTimeout how long a TLS handshake may take
 */
public record ListenerLimits(
        int maxConnections,
        int maxRequestLine,
        int maxHeaderSize,
        int maxChunk,
        Duration idleTimeout,
        Duration handshakeTimeout) {}
