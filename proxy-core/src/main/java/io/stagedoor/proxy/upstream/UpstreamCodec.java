package io.stagedoor.proxy.upstream;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.stagedoor.proxy.http.FieldHeaders;

/**
 * Writes requests and reads responses, one of each at a time. Unlike Netty's own client codec it can
 * tell whether octets are left that belong to no response.
 */
final class UpstreamCodec
        extends CombinedChannelDuplexHandler<UpstreamCodec.Decoder, HttpRequestEncoder> {

    UpstreamCodec(int maxHeaderSize) {
        super(new Decoder(maxHeaderSize), new HttpRequestEncoder());
    }

    /** Says which method the next response answers: one to HEAD has no body (RFC 9112, 6.3). */
    void expectAnswerTo(HttpMethod method) {
        inboundHandler().bodiless = method.equals(HttpMethod.HEAD);
    }

    /**
     * Returns whether something was read that belongs to no response that was handed on.
     *
     * @param heads how many heads were handed on
     */
    boolean hasLeftOver(int heads) {
        return inboundHandler().hasLeftOver(heads);
    }

    /** Reads responses. */
    static final class Decoder extends HttpResponseDecoder {

        private boolean bodiless;
        private int begun;

        Decoder(int maxHeaderSize) {
            super(
                    new HttpDecoderConfig()
                            .setMaxHeaderSize(maxHeaderSize)
                            .setStrictLineParsing(true)
                            .setAllowDuplicateContentLengths(false)
                            .setHeadersFactory(FieldHeaders.FACTORY));
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            boolean empty = super.isContentAlwaysEmpty(message);
            if (empty && ResponseGate.isCodedWithoutBody(message)) {
                throw new UnframedException();
            }
            return bodiless || empty;
        }

        /** Leaves both fields where they are, for {@link ResponseGate} to find them. */
        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            // Netty would drop one of the two and go on
        }

        /** Called when a status line was read, whose head may still be coming. */
        @Override
        protected HttpMessage createMessage(String[] statusLine) {
            begun++;
            return super.createMessage(statusLine);
        }

        private boolean hasLeftOver(int heads) {
            return actualReadableBytes() > 0 || begun != heads;
        }
    }
}
