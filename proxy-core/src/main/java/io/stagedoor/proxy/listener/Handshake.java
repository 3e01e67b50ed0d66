package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection from the moment it is accepted until its TLS handshake is done and the
 * protocol known (RFC 7301); then {@link ClientProtocols} takes over. Without TLS it is HTTP/1.1.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed close shows as channelInactive
final class Handshake extends ChannelInboundHandlerAdapter implements OpenConnection {

    private final ClientProtocols protocols;
    private final OpenConnections connections;
    private final long since = System.nanoTime();
    private @Nullable ChannelHandlerContext context;

    Handshake(ClientProtocols protocols, OpenConnections connections) {
        this.protocols = protocols;
        this.connections = connections;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!connections.add(this)) {
            ctx.close();
        } else if (ctx.pipeline().get("tls") == null) {
            become(ctx, null);
        } else {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            ctx.fireUserEventTriggered(event);
        } else if (handshake.isSuccess()) {
            become(ctx, ctx.pipeline().get(SslHandler.class).applicationProtocol());
        } else {
            ctx.close();
        }
    }

    private void become(ChannelHandlerContext ctx, @Nullable String protocol) {
        OpenConnection connection = protocols.begin(ctx.pipeline(), protocol, since);
        connections.replace(this, connection);
        ctx.pipeline().remove(this);
        if (connections.isDraining()) {
            connection.drain();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connections.remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public EventLoop eventLoop() {
        return context().channel().eventLoop();
    }

    @Override
    public void closeIfLate(long now, ListenerLimits limits) {
        if (now - since > limits.requestTimeout().toNanos()) {
            connections.observer().refused("handshake_timeout");
            eventLoop().execute(this::abort);
        }
    }

    @Override
    public void drain() {
        abort();
    }

    @Override
    public void abort() {
        context().close();
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return ctx;
    }
}
