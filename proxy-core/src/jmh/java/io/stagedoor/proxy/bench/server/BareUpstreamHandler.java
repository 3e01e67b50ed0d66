package io.stagedoor.proxy.bench.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Passes answers back, piece by piece. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class BareUpstreamHandler extends ChannelInboundHandlerAdapter {

    private final Channel client;

    BareUpstreamHandler(Channel client) {
        this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        client.write(message, client.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        client.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        client.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
