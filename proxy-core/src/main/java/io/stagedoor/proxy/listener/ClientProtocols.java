package io.stagedoor.proxy.listener;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.stagedoor.proxy.http.FieldHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pipelines of the protocols that are served over TLS, each in one visible list. */
final class ClientProtocols {

    private final ListenerLimits limits;
    private final Supplier<RequestReceiver> receivers;
    private final ListenerObserver observer;
    private final OpenConnections connections;

    ClientProtocols(
            ListenerLimits limits,
            Supplier<RequestReceiver> receivers,
            ListenerObserver observer,
            OpenConnections connections) {
        this.limits = limits;
        this.receivers = receivers;
        this.observer = observer;
        this.connections = connections;
    }

    /**
     * Makes a pipeline speak a protocol.
     *
     * @param protocol what was agreed on in the handshake; null if nothing was, which means HTTP/1.1
     * @param since when the connection was accepted, by {@link System#nanoTime}
     * @return the connection
     */
    OpenConnection begin(ChannelPipeline pipeline, @Nullable String protocol, long since) {
        return ApplicationProtocolNames.HTTP_2.equals(protocol)
                ? http2(pipeline, since)
                : http1(pipeline, since);
    }

    private OpenConnection http1(ChannelPipeline pipeline, long since) {
        Http1Connection connection =
                new Http1Connection(receivers.get(), connections, limits.clients(), since);
        pipeline.addLast("http", new RequestCodec(decoderConfig())).addLast("client", connection);
        return connection;
    }

    private HttpDecoderConfig decoderConfig() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxRequestLine())
                .setMaxHeaderSize(limits.maxHeaderSize())
                .setMaxChunkSize(limits.maxChunk())
                .setAllowDuplicateContentLengths(false)
                .setHeadersFactory(FieldHeaders.FACTORY);
    }

    private OpenConnection http2(ChannelPipeline pipeline, long since) {
        pipeline.remove("idle");
        LastWords lastWords = new LastWords();
        Http2FrameCodec codec = new Http2CodecBuilder(limits, observer, lastWords).build();
        Http2ClientConnection connection =
                new Http2ClientConnection(codec, limits, connections, since);
        Http2MultiplexHandler streams =
                new Http2MultiplexHandler(new Http2StreamInitializer(connection, receivers.get()));
        pipeline.addLast("lastWords", lastWords)
                .addLast("http2", codec)
                .addLast("streams", streams)
                .addLast("client", connection);
        return connection;
    }
}
