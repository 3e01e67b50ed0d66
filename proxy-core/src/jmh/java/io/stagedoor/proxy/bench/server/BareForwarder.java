package io.stagedoor.proxy.bench.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.stagedoor.proxy.listener.EventLoops;
import io.stagedoor.proxy.listener.TlsContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The floor: forwards on the event loops, TLS contexts and codecs that Stagedoor uses, and does
 * nothing else. No token is looked at, nothing is decided, recorded or logged; only the fields Host
 * and Authorization are exchanged, since the upstream insists.
 */
public final class BareForwarder {

    private BareForwarder() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments the folder with certificate, key and token; {@code PLAIN} or {@code TLS}; the
     *     port to listen on; the upstream's port
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Optional<SslContext> tls =
                arguments[1].equals("TLS")
                        ? Optional.of(
                                TlsContexts.forListener(
                                        folder.resolve("proxy.pem"), folder.resolve("proxy.key")))
                        : Optional.empty();
        try (EventLoops loops = EventLoops.start(0)) {
            BareUpstream upstream =
                    new BareUpstream(
                            Integer.parseInt(arguments[3]),
                            loops.clientChannel(),
                            "Bearer " + Files.readString(folder.resolve("upstream.token")));
            Loopback.listen(
                    loops, Integer.parseInt(arguments[2]), false, new Pipeline(tls, upstream));
            StandardInput.awaitEnd();
        }
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {

        private final Optional<SslContext> tls;
        private final BareUpstream upstream;

        Pipeline(Optional<SslContext> tls, BareUpstream upstream) {
            this.tls = tls;
            this.upstream = upstream;
        }

        @Override
        protected void initChannel(Channel channel) {
            tls.ifPresent(
                    context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
            channel.pipeline()
                    .addLast(new HttpServerCodec(new HttpDecoderConfig()))
                    .addLast(new BareClientHandler(upstream));
        }
    }
}
