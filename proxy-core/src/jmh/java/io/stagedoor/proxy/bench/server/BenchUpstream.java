package io.stagedoor.proxy.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.stagedoor.proxy.listener.EventLoops;
import io.stagedoor.proxy.listener.TlsContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Plays the workspace for exactly what the load needs, over TLS: its role assignments and role
 * definitions, one pipeline, and the start of a run. Serves only who shows the upstream's token.
 */
public final class BenchUpstream {

    private BenchUpstream() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments the folder with certificate, key, token and lists; the file for the port
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SslContext tls =
                TlsContexts.forListener(
                        folder.resolve("upstream.pem"), folder.resolve("upstream.key"));
        String authorization = "Bearer " + Files.readString(folder.resolve("upstream.token"));
        UpstreamAnswers answers =
                new UpstreamAnswers(
                        Files.readString(folder.resolve("roleAssignments.json")),
                        Files.readString(folder.resolve("roleDefinitions.json")));
        try (EventLoops loops = EventLoops.start(1)) {
            int port =
                    LoopbackTls.listen(
                            loops,
                            true,
                            new ChannelInitializer<Channel>() {
                                @Override
                                protected void initChannel(Channel channel) {
                                    channel.pipeline()
                                            .addLast(tls.newHandler(channel.alloc()))
                                            .addLast(new HttpRequestDecoder())
                                            .addLast(new Service(answers, authorization));
                                }
                            });
            Announcement.ready(Path.of(arguments[1]), port);
            Announcement.awaitEnd();
        }
    }

    /** Answers one connection's requests in their order. */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // a failed write or close shows as channelInactive
    private static final class Service extends ChannelInboundHandlerAdapter {

        private final UpstreamAnswers answers;
        private final String authorization;
        private String method = "";
        private String target = "";
        private boolean authorized;

        Service(UpstreamAnswers answers, String authorization) {
            this.answers = answers;
            this.authorization = authorization;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest head) {
                method = head.method().name();
                target = head.uri();
                authorized =
                        authorization.equals(head.headers().get(HttpHeaderNames.AUTHORIZATION));
            }
            if (message instanceof LastHttpContent) {
                ctx.write(answer(ctx), ctx.voidPromise());
            }
            ReferenceCountUtil.release(message);
        }

        private ByteBuf answer(ChannelHandlerContext ctx) {
            return authorized
                    ? answers.to(ctx.alloc(), method, target)
                    : answers.unauthorized(ctx.alloc());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            ctx.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
