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
 * The floor: forwards over TLS on both sides, on the event loops, TLS contexts and codecs that
 * Stagedoor uses, and does nothing else. No token is looked at, nothing is decided, recorded or
 * logged; only the fields Host and Authorization are exchanged, since the upstream insists.
 */
public final class BareForwarder {

    private BareForwarder() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments the folder with certificates, key and token; the file for the port; the
     *     upstream's port
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        SslContext listening =
                TlsContexts.forListener(folder.resolve("proxy.pem"), folder.resolve("proxy.key"));
        try (EventLoops loops = EventLoops.start(0)) {
            BareUpstream upstream =
                    new BareUpstream(
                            Integer.parseInt(arguments[2]),
                            loops.clientChannel(),
                            TlsContexts.forUpstream(Optional.of(folder.resolve("ca.pem"))),
                            "Bearer " + Files.readString(folder.resolve("upstream.token")));
            int port =
                    LoopbackTls.listen(
                            loops,
                            false,
                            new ChannelInitializer<Channel>() {
                                @Override
                                protected void initChannel(Channel channel) {
                                    channel.pipeline()
                                            .addLast(listening.newHandler(channel.alloc()))
                                            .addLast(new HttpServerCodec(new HttpDecoderConfig()))
                                            .addLast(new BareClientHandler(upstream));
                                }
                            });
            Announcement.ready(Path.of(arguments[1]), port);
            Announcement.awaitEnd();
        }
    }
}
