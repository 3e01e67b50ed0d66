package io.stagedoor.proxy.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import java.util.List;

/**
 * Netty's decoder of HTTP/1.1 requests, without what RFC 9112 lets a server be lenient about: it
 * skips control characters and white space of any kind before a request line (section 2.2 allows
 * empty lines alone), splits that line at any run of white space (section 3 asks for single spaces),
 * and joins folded lines (section 5.2). All of it comes out as a bad request, after which nothing is
 * read. After a head that asks for another protocol nothing is decoded either: what follows may
 * belong to that protocol, and is kept until the decoder is removed.
 *
 * <p>Confined to the channel's event loop.
 */
final class RequestDecoder extends HttpRequestDecoder {

    /** What the next octet belongs to. */
    private enum Part {
        BETWEEN_REQUESTS,
        REQUEST_LINE,
        FIELDS,
        BODY,
        /** Another protocol, if it is agreed on. */
        UPGRADE,
        /** Nothing: a bad request came, and what follows it means nothing. */
        REST
    }

    private static final String NAME = "HTTP/";

    /** Octets above ASCII are the target's own trouble. */
    private static final ByteProcessor PRINTED = octet -> octet > ' ' || octet < 0;

    private Part part = Part.BETWEEN_REQUESTS;
    private boolean refused;
    private boolean asksForUpgrade;

    RequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
            throws Exception {
        if (refused) {
            part = Part.REST;
        }
        if (part == Part.BETWEEN_REQUESTS) {
            part = skipEmptyLines(buffer);
        }
        if (part == Part.REQUEST_LINE) {
            part = requestLine(buffer);
        }
        boolean inHead = part == Part.REQUEST_LINE || part == Part.FIELDS;
        if (inHead && hasFoldedLine(buffer)) {
            part = Part.REST;
        }
        switch (part) {
            case REQUEST_LINE, FIELDS, BODY -> decodeOn(ctx, buffer, out);
            case REST -> refuse(buffer, out);
            case BETWEEN_REQUESTS, UPGRADE -> {
                // half an empty line: the other half tells; or none of the decoder's business
            }
        }
    }

    private void decodeOn(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
            throws Exception {
        int before = out.size();
        super.decode(ctx, buffer, out);
        if (out.size() == before) {
            return;
        }
        boolean ended = out.getLast() instanceof LastHttpContent;
        boolean failed =
                out.getLast() instanceof HttpObject object && object.decoderResult().isFailure();
        asksForUpgrade |= asksForUpgrade(out.get(before));
        part = ended ? next() : Part.BODY;
        refused = failed;
    }

    private Part next() {
        return asksForUpgrade ? Part.UPGRADE : Part.BETWEEN_REQUESTS;
    }

    private static boolean asksForUpgrade(Object part) {
        return part instanceof HttpMessage head && head.headers().contains(HttpHeaderNames.UPGRADE);
    }

    /** Says once that the request is bad, and drops everything from there on. */
    private void refuse(ByteBuf buffer, List<Object> out) {
        buffer.skipBytes(buffer.readableBytes());
        if (!refused) {
            refused = true;
            out.add(badRequest());
        }
    }

    private static Part skipEmptyLines(ByteBuf buffer) {
        while (buffer.isReadable()) {
            int at = buffer.readerIndex();
            byte first = buffer.getByte(at);
            if (first > ' ' && first != 0x7f) {
                return Part.REQUEST_LINE;
            }
            boolean half = first == '\r' && buffer.readableBytes() == 1;
            if (half) {
                return Part.BETWEEN_REQUESTS;
            }
            if (first != '\r' || buffer.getByte(at + 1) != '\n') {
                return Part.REST;
            }
            buffer.skipBytes(2);
        }
        return Part.BETWEEN_REQUESTS;
    }

    /** Checks the request line once it is there as a whole: three words, two spaces, and a version in capitals. */
    private static Part requestLine(ByteBuf buffer) {
        int start = buffer.readerIndex();
        int lineFeed = buffer.indexOf(start, buffer.writerIndex(), (byte) '\n');
        if (lineFeed < 0) {
            return Part.REQUEST_LINE;
        }
        int first = endOfWord(buffer, start, lineFeed);
        int second = endOfWord(buffer, first + 1, lineFeed);
        int end = endOfWord(buffer, second + 1, lineFeed);
        boolean good =
                end == lineFeed - 1
                        && second > first + 1
                        && isVersion(buffer, second + 1, end)
                        && buffer.getByte(first) == ' '
                        && buffer.getByte(second) == ' '
                        && buffer.getByte(end) == '\r';
        return good ? Part.FIELDS : Part.REST;
    }

    /** RFC 9112 section 2.3: the name counts with its case, and two digits follow it. */
    private static boolean isVersion(ByteBuf buffer, int from, int end) {
        if (end - from != NAME.length() + 3) {
            return false;
        }
        for (int i = 0; i < NAME.length(); i++) {
            if (buffer.getByte(from + i) != NAME.charAt(i)) {
                return false;
            }
        }
        int digits = from + NAME.length();
        return isDigit(buffer.getByte(digits))
                && buffer.getByte(digits + 1) == '.'
                && isDigit(buffer.getByte(digits + 2));
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** Returns where the next white space or control character is; the line feed at the latest. */
    private static int endOfWord(ByteBuf buffer, int from, int lineFeed) {
        if (from >= lineFeed) {
            return lineFeed;
        }
        int at = buffer.forEachByte(from, lineFeed - from, PRINTED);
        return at < 0 ? lineFeed : at;
    }

    /** The buffer begins with a line: the decoder takes whole lines only. */
    private static boolean hasFoldedLine(ByteBuf buffer) {
        int end = buffer.writerIndex();
        int start = buffer.readerIndex();
        while (start < end) {
            byte first = buffer.getByte(start);
            if (first == ' ' || first == '\t') {
                return true;
            }
            int lineFeed = buffer.indexOf(start, end, (byte) '\n');
            boolean lastLine = lineFeed < 0 || lineFeed - start <= 1;
            if (lastLine) {
                return false;
            }
            start = lineFeed + 1;
        }
        return false;
    }

    private HttpMessage badRequest() {
        HttpMessage message = createInvalidMessage();
        message.setDecoderResult(
                DecoderResult.failure(new IllegalArgumentException("an octet out of place")));
        return message;
    }
}
