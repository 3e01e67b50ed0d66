package io.stagedoor.proxy.upstream.endpoint;

/**
 * A place where a service is offered, as it is configured.
 *
 * @param host a host name, or a literal address
 * @param port the TCP port
 * @param encrypted whether connections are encrypted; else a sidecar on this machine does it
 */
public record EndpointAddress(String host, int port, boolean encrypted) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
