package io.stagedoor.proxy.upstream;

/**
 * How a service fares at one moment.
 *
 * @param healthy how many endpoints get connections
 * @param ejected how many are left alone because they failed
 * @param down how many do not pass their active checks
 * @param circuitOpen whether nothing is sent at all, since nothing answered
 * @param inUse how many connections carry an exchange, or are being made for one
 * @param pending how many requests wait for a connection
 */
public record UpstreamHealth(
        long healthy, long ejected, long down, boolean circuitOpen, int inUse, int pending) {

    /** Returns whether requests can be expected to be answered. */
    public boolean isWell() {
        return healthy > 0 && !circuitOpen;
    }
}
