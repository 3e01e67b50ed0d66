package io.stagedoor.proxy.listener;

import java.time.Duration;

/**
 * The bounds that the listener puts on each client connection.
 *
 * @param clients what clients may take, one by one and together
 * @param maxRequestLine the longest request line, in bytes
 * @param maxHeaderSize the largest head of a request without its request line, in bytes
 * @param maxChunk the largest piece of a body handed on at once, in bytes
 * @param requestTimeout how long the head of a connection's first request may take, from the
 *     moment the connection is accepted, TLS handshake included
 * @param idleTimeout how long the head of a further request may take from the end of the last
 *     exchange, and how long a body may stand still
 * @param handshakeTimeout how long a TLS handshake may take
 * @param http2 the bounds on HTTP/2 connections
 */
public record ListenerLimits(
        ClientLimits clients,
        int maxRequestLine,
        int maxHeaderSize,
        int maxChunk,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration handshakeTimeout,
        Http2Limits http2) {}
