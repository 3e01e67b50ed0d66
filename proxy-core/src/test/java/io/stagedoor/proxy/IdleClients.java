package io.stagedoor.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.stagedoor.proxy.listener.EventLoops;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * A process of clients that shake hands with the proxy and then never say a word, from several loopback
 * addresses; it says when all of them stand, and stays until it is ended.
 *
 * <p>Arguments: the proxy's port, a file with the certificate to trust, how many clients.
 */
final class IdleClients {

    static final String READY = "ready";

    private static final int OF_ADDRESS = 800;
    private static final int AT_ONCE = 100;

    private IdleClients() {}

    public static void main(String[] arguments) throws Exception {
        SslContext tls =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL)
                        .trustManager(Path.of(arguments[1]).toFile())
                        .build();
        EventLoops loops = EventLoops.start(1);
        int count = Integer.parseInt(arguments[2]);
        Semaphore turns = new Semaphore(AT_ONCE);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops.group())
                        .channel(loops.clientChannel())
                        .handler(new Silent(tls, turns));
        InetSocketAddress proxy =
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        for (int i = 0; i < count; i++) {
            turns.acquire();
            var _ =
                    bootstrap.connect(
                            proxy, new InetSocketAddress("127.0.1." + (1 + i / OF_ADDRESS), 0));
        }
        turns.acquire(AT_ONCE);
        say(READY);
        new Semaphore(0).acquire();
    }

    private static void say(String word) throws IOException {
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Shakes hands and falls silent; a handshake that fails never gives its turn back. */
    private static final class Silent extends ChannelInitializer<SocketChannel> {

        private final SslContext tls;
        private final Semaphore turns;

        private Silent(SslContext tls, Semaphore turns) {
            this.tls = tls;
            this.turns = turns;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            SslHandler handler = tls.newHandler(channel.alloc(), "localhost", 0);
            channel.pipeline().addLast(handler);
            handler.handshakeFuture()
                    .addListener(
                            done -> {
                                if (done.isSuccess()) {
                                    turns.release();
                                }
                            });
        }
    }
}
