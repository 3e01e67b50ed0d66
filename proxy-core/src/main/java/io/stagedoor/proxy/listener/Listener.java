package io.stagedoor.proxy.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The socket that clients connect to.
 *
 * <p>Methods may be called from any thread but an event loop.
 */
public final class Listener implements AutoCloseable {

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(32 * 1024, 128 * 1024);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Channel channel;
    private final OpenConnections connections;
    private final Future<?> sweeper;

    private Listener(Channel channel, OpenConnections connections, Future<?> sweeper) {
        this.channel = channel;
        this.connections = connections;
        this.sweeper = sweeper;
    }

    /**
     * Binds the address and begins to accept connections.
     *
     * @param tls encrypts them; nothing where a sidecar on this machine does it
     * @param receivers asked at each connection for what gets its requests; must not wait
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static Listener bind(
            EventLoops loops,
            InetSocketAddress address,
            Optional<ListenerTls> tls,
            ListenerLimits limits,
            Supplier<RequestReceiver> receivers,
            ListenerObserver observer)
            throws IOException {
        OpenConnections connections = new OpenConnections(observer);
        ConnectionGate gate = new ConnectionGate(limits.clients(), observer);
        ClientProtocols protocols = new ClientProtocols(limits, receivers, observer, connections);
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                        .handler(gate)
                        .childHandler(
                                new ClientInitializer(tls, limits, protocols, connections, gate));
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on `" + address + "`: " + bound.cause().getMessage(),
                    bound.cause());
        }
        Future<?> sweeper =
                loops.group()
                        .scheduleWithFixedDelay(
                                () -> connections.closeLate(limits),
                                SWEEP.toMillis(),
                                SWEEP.toMillis(),
                                TimeUnit.MILLISECONDS);
        return new Listener(bound.channel(), connections, sweeper);
    }

    /** Returns the port that is bound, which tells the chosen one when port 0 was asked for. */
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** Returns the number of open client connections. */
    public int openConnections() {
        return connections.size();
    }

    /**
     * Stops accepting, closes idle connections, and waits until the busy ones have answered or the
     * time is over; what is still open then is cut.
     *
     * @return the number of connections that were cut
     */
    public int drain(Duration atMost) {
        sweeper.cancel(false);
        channel.close().awaitUninterruptibly();
        connections.drain();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (connections.size() > 0 && System.nanoTime() < deadline) {
            pause();
        }
        int cut = connections.size();
        connections.closeAll();
        return cut;
    }

    private static void pause() {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Stops accepting and closes every connection at once. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
