package io.stagedoor.proxy.listener;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The event loops that move all bytes: epoll on Linux, NIO elsewhere.
 *
 * <p>One group serves clients and upstreams, so that both sides of an exchange live on one thread.
 */
public final class EventLoops implements AutoCloseable {

    /** Of a DNS record in the cache, in seconds. */
    private static final int SHORTEST_LIFETIME = 5;

    private static final int LONGEST_LIFETIME = 300;

    private final EventLoopGroup group;
    private final boolean epoll;

    private EventLoops(EventLoopGroup group, boolean epoll) {
        this.group = group;
        this.epoll = epoll;
    }

    /**
     * Starts event loops.
     *
     * @param threads the number of loops; 0 means one per processor
     */
    public static EventLoops start(int threads) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        return new EventLoops(
                new MultiThreadIoEventLoopGroup(
                        count, new DefaultThreadFactory("stagedoor-loop", true), io),
                epoll);
    }

    /** Returns the group, for bootstraps. */
    public EventLoopGroup group() {
        return group;
    }

    /** Returns the class of server channels that fits the group. */
    public Class<? extends ServerChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Returns the class of client channels that fits the group. */
    public Class<? extends Channel> clientChannel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /**
     * Makes a resolver of host names that blocks no event loop and honours records' lifetimes, but
     * asks for a name at most once in five seconds and at least once in five minutes.
     */
    public AddressResolverGroup<InetSocketAddress> resolver() {
        return new DnsAddressResolverGroup(
                new DnsNameResolverBuilder()
                        .datagramChannelType(
                                epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                        .nameServerProvider(DnsServerAddressStreamProviders.platformDefault())
                        .ttl(SHORTEST_LIFETIME, LONGEST_LIFETIME)
                        .negativeTtl(1));
    }

    /** Stops the loops; waits at most five seconds for work in progress. */
    @Override
    public void close() {
        Duration wait = Duration.ofSeconds(5);
        group.shutdownGracefully(0, wait.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(wait.toMillis());
    }
}
