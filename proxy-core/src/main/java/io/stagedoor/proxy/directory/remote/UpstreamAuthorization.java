package io.stagedoor.proxy.directory.remote;

import io.stagedoor.proxy.refusal.RefusedException;

/** The credential that the proxy presents when it asks a service on its own account. */
public interface UpstreamAuthorization {

    /**
     * Returns the value of the {@code Authorization} field; may wait for one to be acquired.
     *
     * @throws RefusedException if none can be had at present
     */
    String value() throws RefusedException;

    /**
     * Learns that the service answered 401 to a value.
     *
     * @return whether it is worth asking for another value and trying once more
     */
    boolean refused(String value);
}
