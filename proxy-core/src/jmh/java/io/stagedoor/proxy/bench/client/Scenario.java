package io.stagedoor.proxy.bench.client;

/** A kind of load: what is asked, over what, and with which tokens. */
public enum Scenario {
    /** A read over HTTP/1.1. */
    GET("get", Call.READ, Wire.PLAIN, false),

    /** The start of a run over HTTP/1.1. */
    CREATE_RUN("createRun", Call.START, Wire.PLAIN, false),

    /** A read over TLS. */
    TLS_GET("get-tls", Call.READ, Wire.TLS, false),

    /** A read over HTTP/2. */
    H2_GET("get-h2", Call.READ, Wire.H2, false),

    /** A read over HTTP/1.1 whose token the proxy has never seen. */
    NEW_TOKEN_GET("get-new-token", Call.READ, Wire.PLAIN, true);

    private final String label;
    private final Call call;
    private final Wire wire;
    private final boolean newTokens;

    Scenario(String label, Call call, Wire wire, boolean newTokens) {
        this.label = label;
        this.call = call;
        this.wire = wire;
        this.newTokens = newTokens;
    }

    /** Returns the name in tables and files. */
    public String label() {
        return label;
    }

    /** Returns what is asked. */
    public Call call() {
        return call;
    }

    /** Returns over what it is asked. */
    public Wire wire() {
        return wire;
    }

    /** Returns whether each request has a token of its own. */
    public boolean hasNewTokens() {
        return newTokens;
    }
}
