package io.stagedoor.proxy.http;

/**
 * What the proxy itself contributes to the head that goes upstream.
 *
 * @param host the upstream's authority, for the Host field; configured, never taken from the client
 * @param authorization the value of the Authorization field: the upstream credential
 * @param identity who is really calling
 * @param clientAddress the address the request came from, as text
 * @param readsResponse whether the proxy will read the response's body, so that it must come whole
 *     and in no content coding
 */
public record Onward(
        String host,
        String authorization,
        IdentityFields identity,
        String clientAddress,
        boolean readsResponse) {

    /** Returns the parts without the credential. */
    @Override
    public String toString() {
        return "Onward[host=" + host + ", readsResponse=" + readsResponse + "]";
    }
}
