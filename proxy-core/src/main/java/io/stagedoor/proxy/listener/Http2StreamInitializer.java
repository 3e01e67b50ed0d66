package io.stagedoor.proxy.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;

/** The pipeline of one HTTP/2 stream. */
final class Http2StreamInitializer extends ChannelInitializer<Channel> {

    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    private final Http2ClientConnection connection;
    private final RequestReceiver receiver;

    Http2StreamInitializer(Http2ClientConnection connection, RequestReceiver receiver) {
        this.connection = connection;
        this.receiver = receiver;
    }

    @Override
    protected void initChannel(Channel stream) {
        stream.config().setOption(ChannelOption.AUTO_READ, false);
        closeNotForFailedWrites(stream);
        stream.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        stream.pipeline().addLast("client", new Http2ClientStream(connection, receiver));
    }

    /** A write fails when the client has reset the stream, which must not be reset in answer. */
    @SuppressWarnings("deprecation") // the one option that says so
    private static void closeNotForFailedWrites(Channel stream) {
        stream.config().setOption(ChannelOption.AUTO_CLOSE, false);
    }
}
