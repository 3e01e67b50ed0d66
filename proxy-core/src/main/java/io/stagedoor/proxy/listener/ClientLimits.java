package io.stagedoor.proxy.listener;

import io.stagedoor.proxy.http.Networks;
import java.time.Duration;

/**
 * What clients may take of the listener.
 *
 * @param maxConnections the largest number of client connections open at once
 * @param maxConnectionsPerAddress the largest number of them from one address; an IPv6 /64 is one
 * @param bodyTimeout how long octets of one body are waited for, all waits together
 * @param leastBodyRate how many octets of a body earn one further second of waiting
 * @param proxyProtocolFrom the peers that begin each connection with a PROXY protocol header
 */
public record ClientLimits(
        int maxConnections,
        int maxConnectionsPerAddress,
        Duration bodyTimeout,
        long leastBodyRate,
        Networks proxyProtocolFrom) {

    /** Returns how long a body of which that much has come may have been waited for, in all. */
    long nanosFor(long octets) {
        long earned = octets * 1_000 / leastBodyRate * 1_000_000;
        return bodyTimeout.toNanos() + earned;
    }
}
