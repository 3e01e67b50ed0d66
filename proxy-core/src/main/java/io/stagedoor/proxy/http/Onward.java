package io.stagedoor.proxy.http;

import java.util.Optional;

/**
 * What the proxy itself contributes to the head that goes upstream.
 *
 * @param host the upstream's authority, for the Host field; configured, never taken from the client
 * @param credential the field that the upstream credential stands in
 * @param identity who is really calling
 * @param assertion the signed statement of that, if one goes along
 * @param clientAddress the address the request came from, as text
 * @param readsResponse whether the proxy will read the response's body, so that it must come whole
 *     and in no content coding
 */
public record Onward(
        String host,
        Fields.Field credential,
        IdentityFields identity,
        Optional<String> assertion,
        String clientAddress,
        boolean readsResponse) {

    /** Returns the parts without the credential. */
    @Override
    public String toString() {
        return "Onward[host=" + host + ", readsResponse=" + readsResponse + "]";
    }
}
