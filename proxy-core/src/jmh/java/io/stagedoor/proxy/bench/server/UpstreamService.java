package io.stagedoor.proxy.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Answers one connection's requests, one after the other, with as little work as will do: it shares
 * its core with the client. Confined to its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close shows as channelInactive
final class UpstreamService extends SimpleChannelInboundHandler<ByteBuf> {

    private static final int REQUEST_AT_MOST = 64 * 1024;
    private static final String LENGTH = "\r\ncontent-length:";

    private final UpstreamAnswers answers;
    private final Optional<byte[]> token;
    private final byte[] bytes = new byte[REQUEST_AT_MOST];
    private int size;
    private int wanted;

    /**
     * Serves.
     *
     * @param token what has to stand in a request; empty for nothing
     */
    UpstreamService(UpstreamAnswers answers, Optional<byte[]> token) {
        this.answers = answers;
        this.token = token;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf more) {
        int count = more.readableBytes();
        if (count > bytes.length - size) {
            ctx.close();
            return;
        }
        more.readBytes(bytes, size, count);
        size += count;
        if (isComplete()) {
            ctx.writeAndFlush(answer(ctx), ctx.voidPromise());
            size = 0;
            wanted = 0;
        }
    }

    /** A request without a body ends with its head, and the next comes when it is answered. */
    private boolean isComplete() {
        if (bytes[0] == 'G') {
            return size >= 4 && endOfHead(size - 4) == size;
        }
        if (wanted == 0) {
            readHead();
        }
        return wanted > 0 && size >= wanted;
    }

    private void readHead() {
        for (int at = 0; at <= size - 4; at++) {
            if (endOfHead(at) >= 0) {
                wanted = at + 4 + lengthIn(at + 2);
                return;
            }
        }
    }

    /** Returns where the head ends if it ends with the four bytes at a place, or -1. */
    private int endOfHead(int at) {
        boolean ends =
                bytes[at] == '\r'
                        && bytes[at + 1] == '\n'
                        && bytes[at + 2] == '\r'
                        && bytes[at + 3] == '\n';
        return ends ? at + 4 : -1;
    }

    private int lengthIn(int head) {
        for (int at = 0; at + LENGTH.length() < head; at++) {
            if (bytes[at] == '\r' && isLength(at)) {
                return number(at + LENGTH.length());
            }
        }
        return 0;
    }

    private boolean isLength(int from) {
        for (int at = 0; at < LENGTH.length(); at++) {
            if (lowerCase(bytes[from + at]) != LENGTH.charAt(at)) {
                return false;
            }
        }
        return true;
    }

    private static int lowerCase(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
    }

    private int number(int from) {
        int value = 0;
        for (int at = from; bytes[at] != '\r'; at++) {
            value = bytes[at] == ' ' ? value : 10 * value + bytes[at] - '0';
        }
        return value;
    }

    private ByteBuf answer(ChannelHandlerContext ctx) {
        boolean authorized = token.isEmpty() || contains(token.get());
        if (!authorized) {
            return answers.unauthorized(ctx.alloc());
        }
        int method = indexOf(' ', 0);
        int target = indexOf(' ', method + 1);
        return answers.to(ctx.alloc(), text(0, method), text(method + 1, target));
    }

    private boolean contains(byte[] wantedBytes) {
        for (int at = 0; at <= size - wantedBytes.length; at++) {
            if (Arrays.equals(
                    bytes, at, at + wantedBytes.length, wantedBytes, 0, wantedBytes.length)) {
                return true;
            }
        }
        return false;
    }

    private int indexOf(char sought, int from) {
        int at = from;
        while (at < size && bytes[at] != sought) {
            at++;
        }
        return at;
    }

    private String text(int from, int to) {
        return new String(bytes, from, Math.max(0, to - from), StandardCharsets.US_ASCII);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
