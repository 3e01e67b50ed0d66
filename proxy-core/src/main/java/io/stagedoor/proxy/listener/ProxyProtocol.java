package io.stagedoor.proxy.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the PROXY protocol header, version 2, with which a load balancer begins a connection, and
 * knows the client's address from then on. In the pipeline of listed peers alone, before TLS.
 *
 * <p>What is no such header closes the connection, version 1 too: it has no length in front, so that
 * it can be confused with what follows. {@code LOCAL} is the balancer's own connection, a health
 * check: its address stands. Confined to the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed close shows as channelInactive
final class ProxyProtocol extends ByteToMessageDecoder {

    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };
    private static final int FIXED = 16;
    private static final int LONGEST = 1024;

    private final ConnectionGate gate;
    private final ListenerObserver observer;
    private final HeaderReader reader = new HeaderReader();
    private Optional<InetSocketAddress> client = Optional.empty();
    private boolean taken;

    ProxyProtocol(ConnectionGate gate, ListenerObserver observer) {
        this.gate = gate;
        this.observer = observer;
    }

    /** Returns the address the header told, if it was there and told one. */
    Optional<InetSocketAddress> client() {
        return client;
    }

    /** Netty's reader of one header that is there as a whole. */
    private static final class HeaderReader extends HAProxyMessageDecoder {

        private Optional<HAProxyMessage> read(ChannelHandlerContext ctx, ByteBuf header) {
            List<Object> out = new ArrayList<>();
            try {
                decode(ctx, header, out);
            } catch (Exception _) {
                return Optional.empty();
            }
            return out.stream().map(HAProxyMessage.class::cast).findFirst();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out) {
        if (taken) {
            out.add(buffer.readRetainedSlice(buffer.readableBytes()));
            return;
        }
        int compared = Math.min(buffer.readableBytes(), SIGNATURE.length);
        for (int i = 0; i < compared; i++) {
            if (buffer.getByte(buffer.readerIndex() + i) != SIGNATURE[i]) {
                refuse(ctx, buffer);
                return;
            }
        }
        if (buffer.readableBytes() < FIXED) {
            return;
        }
        int length = FIXED + buffer.getUnsignedShort(buffer.readerIndex() + FIXED - 2);
        if (length > LONGEST) {
            refuse(ctx, buffer);
        } else if (buffer.readableBytes() >= length) {
            take(ctx, buffer, length);
        }
    }

    private void take(ChannelHandlerContext ctx, ByteBuf buffer, int length) {
        Optional<HAProxyMessage> header = reader.read(ctx, buffer.readSlice(length));
        if (header.isEmpty() || !accepts(ctx, header.get())) {
            header.ifPresent(HAProxyMessage::release);
            refuse(ctx, buffer);
            return;
        }
        header.get().release();
        taken = true;
    }

    private boolean accepts(ChannelHandlerContext ctx, HAProxyMessage header) {
        if (header.protocolVersion() != HAProxyProtocolVersion.V2) {
            return false;
        }
        if (header.command() == HAProxyCommand.LOCAL) {
            return true;
        }
        String source = header.sourceAddress();
        if (source == null) {
            return false;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(source);
            client = Optional.of(new InetSocketAddress(address, header.sourcePort()));
            return gate.admits(ctx.channel(), address);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private void refuse(ChannelHandlerContext ctx, ByteBuf buffer) {
        buffer.skipBytes(buffer.readableBytes());
        observer.refused("proxy_protocol");
        ctx.close();
    }
}
