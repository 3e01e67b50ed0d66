package io.stagedoor.proxy.listener;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;

/**
 * Reads requests strictly and writes responses, for one client connection of HTTP/1.1.
 *
 * <p>Confined to the channel's event loop. A response to HEAD comes without a body from whoever writes
 * it; the encoder adds none.
 */
final class RequestCodec extends CombinedChannelDuplexHandler<RequestDecoder, HttpResponseEncoder> {

    RequestCodec(HttpDecoderConfig config) {
        super(new RequestDecoder(config), new HttpResponseEncoder());
    }
}
