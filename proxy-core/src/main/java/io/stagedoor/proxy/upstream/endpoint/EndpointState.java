package io.stagedoor.proxy.upstream.endpoint;

/** How an endpoint fares. */
public enum EndpointState {
    /** It gets connections. */
    HEALTHY,
    /** It failed requests, and is left alone for a while. */
    EJECTED,
    /** It does not pass its active checks. */
    DOWN
}
