package io.stagedoor.proxy.bench.client;

import java.util.Locale;

/** What the client speaks to the proxy. */
public enum Wire {
    /** HTTP/1.1. */
    PLAIN,

    /** HTTP/1.1 over TLS 1.3. */
    TLS,

    /** HTTP/2 over TLS 1.3. */
    H2;

    /** Returns the name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
