package io.stagedoor.proxy.directory.synapse;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A way of waiting, so that tests need not. */
@FunctionalInterface
interface Pause {

    /** Waits on the calling (virtual) thread. */
    void last(Duration duration) throws InterruptedException;

    /** Returns the real thing. */
    static Pause real() {
        return duration -> {
            CountDownLatch never = new CountDownLatch(1);
            boolean opened = never.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            assert !opened;
        };
    }
}
