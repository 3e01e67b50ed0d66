package io.stagedoor.proxy.upstream;

import io.stagedoor.proxy.upstream.endpoint.EndpointAddress;
import java.util.List;

/**
 * What a service is called and where it is offered.
 *
 * @param host its host name: certificates must bear it, and it is asked for by SNI (RFC 6066) at
 *     every endpoint
 * @param authority the value of the Host field
 * @param addresses where it is offered; at least one
 */
public record ServiceName(String host, String authority, List<EndpointAddress> addresses) {

    /** Copies the list. */
    public ServiceName {
        addresses = List.copyOf(addresses);
    }
}
