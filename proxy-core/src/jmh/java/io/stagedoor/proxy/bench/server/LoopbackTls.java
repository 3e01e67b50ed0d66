package io.stagedoor.proxy.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.stagedoor.proxy.listener.EventLoops;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens a listening socket on any free loopback port. */
final class LoopbackTls {

    private static final int BACKLOG = 1024;

    private LoopbackTls() {}

    static int listen(EventLoops loops, boolean autoRead, ChannelInitializer<Channel> pipeline) {
        Channel listening =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.AUTO_READ, autoRead)
                        .childHandler(pipeline)
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }
}
