package io.stagedoor.proxy.bench.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.stagedoor.proxy.listener.EventLoops;
import java.net.InetAddress;

/** Opens a listening socket on loopback. */
final class Loopback {

    private static final int BACKLOG = 1024;

    private Loopback() {}

    static void listen(
            EventLoops loops, int port, boolean autoRead, ChannelInitializer<Channel> pipeline) {
        var _ =
                new ServerBootstrap()
                        .group(loops.group())
                        .channel(loops.serverChannel())
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.AUTO_READ, autoRead)
                        .childHandler(pipeline)
                        .bind(InetAddress.getLoopbackAddress(), port)
                        .syncUninterruptibly();
    }
}
