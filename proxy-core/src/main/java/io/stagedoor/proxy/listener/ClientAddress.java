package io.stagedoor.proxy.listener;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Tells where a connection comes from: what its PROXY protocol header says, else its peer. */
final class ClientAddress {

    private ClientAddress() {}

    static InetSocketAddress of(Channel connection) {
        ProxyProtocol header = connection.pipeline().get(ProxyProtocol.class);
        return Optional.ofNullable(header)
                .flatMap(ProxyProtocol::client)
                .orElseGet(() -> (InetSocketAddress) connection.remoteAddress());
    }
}
