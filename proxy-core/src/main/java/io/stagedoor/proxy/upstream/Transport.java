package io.stagedoor.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;

/**
 * What connections run on.
 *
 * @param group the event loops, for what no exchange asks for
 * @param channelType the class of channels that fits the event loops
 * @param resolver turns host names into addresses without blocking the event loop
 */
public record Transport(
        EventLoopGroup group,
        Class<? extends Channel> channelType,
        AddressResolverGroup<InetSocketAddress> resolver) {}
