package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a client's HTTP/2 connection, which carries one exchange.
 *
 * <p>The exchange sees the same messages as over HTTP/1.1. A piece of the body is given back to the
 * client's window only when the next one is asked for, so a body flows as fast as the upstream takes
 * it. Trailer fields of a request are dropped, as they are over HTTP/1.1: nothing was decided on
 * them. Confined to the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class Http2ClientStream extends ChannelInboundHandlerAdapter implements ClientConnection {

    /** How much of an unread request is thrown away before it is stopped, and for how long. */
    private static final int DISCARD_LIMIT = 64 * 1024;

    private static final Duration DISCARD_TIME = Duration.ofSeconds(1);

    private final Http2ClientConnection connection;
    private final RequestReceiver receiver;
    private final ExchangeFeed feed = new ExchangeFeed(this::take, () -> context().read());
    private final UnreadBody unread =
            new UnreadBody(DISCARD_LIMIT, DISCARD_TIME, this::stopRequest);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ClientExchange exchange;
    private @Nullable ChannelFuture end;

    /** A head that says no body follows, of a request that has not ended yet. */
    private @Nullable HttpRequest unsure;

    private boolean headSeen;
    private boolean requestEnded;
    private boolean malformed;
    private long movedAt = System.nanoTime();

    Http2ClientStream(Http2ClientConnection connection, RequestReceiver receiver) {
        this.connection = connection;
        this.receiver = receiver;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        connection.opened(this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        movedAt = System.nanoTime();
        switch (message) {
            case Http2HeadersFrame head when !headSeen -> onHead(head);
            case Http2HeadersFrame _ -> onMore(LastHttpContent.EMPTY_LAST_CONTENT);
            case Http2DataFrame data when data.isEndStream() ->
                    onMore(new DefaultLastHttpContent(data.content()));
            case Http2DataFrame data -> onMore(new DefaultHttpContent(data.content()));
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void onHead(Http2HeadersFrame head) {
        headSeen = true;
        HttpRequest request = Http2Heads.toRequest(head.headers(), head.isEndStream());
        malformed = request.decoderResult().isFailure();
        if (!head.isEndStream() && deniesBody(request)) {
            unsure = request;
            context().read();
            return;
        }
        feed.arrive(request);
        if (head.isEndStream()) {
            feed.arrive(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    /** RFC 9113 section 8.1.1: a length of none, and an end still to come, may be a lie. */
    private static boolean deniesBody(HttpRequest request) {
        String length = request.headers().get("content-length", "");
        return !length.isEmpty() && length.chars().allMatch(digit -> digit == '0');
    }

    /** Lets a request without a body begin when it has ended; the codec resets it if it goes on. */
    private void onMore(HttpContent content) {
        HttpRequest held = unsure;
        if (held == null) {
            feed.arrive(content);
        } else if (content instanceof LastHttpContent) {
            unsure = null;
            feed.arrive(held);
            feed.arrive(content);
        } else {
            content.release();
            context().read();
        }
    }

    private void take(Object piece) {
        switch (piece) {
            case HttpRequest head -> {
                ClientExchange opened = receiver.open(this, head);
                exchange = opened;
                opened.begin();
            }
            case HttpContent content -> onContent(content);
            default -> ReferenceCountUtil.release(piece);
        }
    }

    private void onContent(HttpContent content) {
        requestEnded = content instanceof LastHttpContent;
        ClientExchange current = exchange;
        if (current != null) {
            current.onRequestContent(content);
        } else {
            unread.discard(content);
            discardMore();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ClientExchange current = exchange;
        if (ctx.channel().isWritable()) {
            movedAt = System.nanoTime();
            if (current != null) {
                current.onClientWritable();
            }
        }
    }

    /** A reset is not kept waiting behind a body that nobody has asked for. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
            connectionClosed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof Http2Exception)) {
            ctx.close();
        }
    }

    /** Ends it after the client has; what it had sent and nobody read is thrown away. */
    void connectionClosed() {
        gone();
        eventLoop().execute(() -> context().close());
    }

    private void gone() {
        connection.closed(this);
        unread.end();
        feed.close();
        ClientExchange current = exchange;
        exchange = null;
        if (current != null) {
            current.onClientGone();
        }
    }

    /**
     * Returns whether the client has neither sent nor taken anything for too long while it was its
     * turn; waiting for an upstream is not the client's fault.
     */
    boolean isStalled(long now, long atMost) {
        boolean clientsTurn = feed.isWaiting() || !isWritable() || exchange == null;
        return clientsTurn && now - movedAt > atMost;
    }

    @Override
    public void complete(boolean reusable) {
        exchange = null;
        if (malformed) {
            afterAnswer(() -> connection.reset(stream(), Http2Error.PROTOCOL_ERROR));
        } else {
            discardMore();
        }
    }

    private void discardMore() {
        if (requestEnded) {
            unread.end();
        } else if (unread.isTooLong()) {
            stopRequest();
        } else {
            unread.awaitMore(eventLoop());
            read();
        }
    }

    /** Stops a client that still sends after it was answered (RFC 9113 section 8.1). */
    private void stopRequest() {
        unread.end();
        afterAnswer(() -> connection.reset(stream(), Http2Error.NO_ERROR));
    }

    private void afterAnswer(Runnable step) {
        ChannelFuture last = end;
        if (last == null) {
            abort();
        } else {
            last.addListener(
                    written -> {
                        if (written.isSuccess()) {
                            step.run();
                        }
                    });
        }
    }

    private Http2FrameStream stream() {
        return ((Http2StreamChannel) context().channel()).stream();
    }

    @Override
    public EventLoop eventLoop() {
        return connection.eventLoop();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public Optional<ClientCertificate> certificate() {
        return connection.certificate();
    }

    @Override
    public void read() {
        feed.want();
    }

    @Override
    public void write(HttpObject part) {
        movedAt = System.nanoTime();
        switch (part) {
            case FullHttpResponse whole -> writeWhole(whole);
            case HttpResponse head -> writeHead(head, false);
            case LastHttpContent last -> end = writeData(last, true);
            case HttpContent content -> writeData(content, false);
            default -> ReferenceCountUtil.release(part);
        }
    }

    private void writeWhole(FullHttpResponse response) {
        boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (interim || !response.content().isReadable()) {
            ChannelFuture written = writeHead(response, !interim);
            end = interim ? null : written;
            response.release();
        } else {
            writeHead(response, false);
            end = writeData(response, true);
        }
    }

    private ChannelFuture writeHead(HttpResponse head, boolean last) {
        return context().write(new DefaultHttp2HeadersFrame(Http2Heads.fromResponse(head), last));
    }

    private ChannelFuture writeData(HttpContent content, boolean last) {
        return context().write(new DefaultHttp2DataFrame(content.content(), last));
    }

    /** RFC 9113 section 8.6: there is no upgrade within HTTP/2, and the codec has refused the field. */
    @Override
    public void becomeTunnel(Runnable idle) {
        throw new UnsupportedOperationException("a stream of HTTP/2 is not switched");
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public boolean isDraining() {
        return connection.isDraining();
    }

    /** Resets the stream with CANCEL; the connection and its other streams go on. */
    @Override
    public void abort() {
        context().close();
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the stream is not open yet");
        }
        return ctx;
    }
}
