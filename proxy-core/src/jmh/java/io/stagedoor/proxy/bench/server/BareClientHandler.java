package io.stagedoor.proxy.bench.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Passes requests on, piece by piece. Confined to its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class BareClientHandler extends ChannelInboundHandlerAdapter {

    private final BareUpstream upstream;
    private @Nullable Channel target;

    BareClientHandler(BareUpstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        upstream.connectFor(
                ctx.channel(),
                connected -> {
                    target = connected;
                    ctx.channel().config().setAutoRead(true);
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest head) {
            head.headers()
                    .set(HttpHeaderNames.HOST, upstream.authority())
                    .set(HttpHeaderNames.AUTHORIZATION, upstream.authorization());
        }
        target().write(message, target().voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        Channel open = target;
        if (open != null) {
            open.flush();
        }
    }

    private Channel target() {
        Channel open = target;
        if (open == null) {
            throw new IllegalStateException("nothing is read before the upstream is connected");
        }
        return open;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Channel open = target;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
