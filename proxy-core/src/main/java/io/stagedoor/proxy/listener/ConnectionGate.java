package io.stagedoor.proxy.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands where connections are accepted and closes those that are one too many, before a handler, a
 * buffer or a TLS context is made for them.
 *
 * <p>Counts connections in all, and for each address; the 2^64 addresses of an IPv6 /64 are one, since
 * one customer has them all. A peer that speaks for others by the PROXY protocol is not counted itself:
 * the addresses it tells are, once it has told them. Safe for any thread.
 */
@Sharable
final class ConnectionGate extends ChannelInboundHandlerAdapter {

    private static final int NETWORK_OF_ONE = 8;

    private final ClientLimits limits;
    private final ListenerObserver observer;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<Key, Integer> byAddress = new ConcurrentHashMap<>();

    /** The address, or the part of it that one client has to itself. */
    private record Key(long high, long low) {

        private static Key of(InetAddress address) {
            byte[] octets = address.getAddress();
            return octets.length == 4
                    ? new Key(0, number(octets, 4))
                    : new Key(number(octets, NETWORK_OF_ONE), -1);
        }

        private static long number(byte[] octets, int count) {
            long number = 0;
            for (int i = 0; i < count; i++) {
                number = (number << 8) | (octets[i] & 0xff);
            }
            return number;
        }
    }

    ConnectionGate(ClientLimits limits, ListenerObserver observer) {
        this.limits = limits;
        this.observer = observer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel accepted = (Channel) message;
        if (letsIn(accepted)) {
            ctx.fireChannelRead(message);
        } else {
            accepted.unsafe().closeForcibly();
        }
    }

    private boolean letsIn(Channel accepted) {
        if (open.incrementAndGet() > limits.maxConnections()) {
            open.decrementAndGet();
            observer.refused("connections");
            return false;
        }
        if (!speaksForOthers(accepted) && !admits(accepted, peerOf(accepted))) {
            open.decrementAndGet();
            return false;
        }
        accepted.closeFuture().addListener(_ -> open.decrementAndGet());
        return true;
    }

    /** Returns whether the peer has to begin with a PROXY protocol header. */
    boolean speaksForOthers(Channel connection) {
        return limits.proxyProtocolFrom().contains(peerOf(connection));
    }

    private static InetAddress peerOf(Channel connection) {
        return ((InetSocketAddress) connection.remoteAddress()).getAddress();
    }

    /** Counts a connection for the address it comes from, or returns false if it is one too many. */
    boolean admits(Channel connection, InetAddress address) {
        Key key = Key.of(address);
        if (byAddress.merge(key, 1, Integer::sum) > limits.maxConnectionsPerAddress()) {
            leave(key);
            observer.refused("connections_of_address");
            return false;
        }
        connection.closeFuture().addListener(_ -> leave(key));
        return true;
    }

    private void leave(Key key) {
        byAddress.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }
}
