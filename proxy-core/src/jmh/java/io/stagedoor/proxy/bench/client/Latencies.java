package io.stagedoor.proxy.bench.client;

import java.time.Duration;
import java.util.Arrays;

/** Every latency of a window, kept exactly. Confined to one thread. */
final class Latencies {

    private long[] nanos = new long[1 << 16];
    private int size;

    void add(long latency) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = latency;
    }

    int size() {
        return size;
    }

    /**
     * Returns the smallest latency that a share of all does not exceed; zero if there is none.
     *
     * @param share from 0 to 1
     */
    Duration percentile(double share) {
        if (size == 0) {
            return Duration.ZERO;
        }
        Arrays.sort(nanos, 0, size);
        int rank = (int) Math.ceil(share * size);
        return Duration.ofNanos(nanos[Math.clamp(rank - 1L, 0, size - 1)]);
    }
}
