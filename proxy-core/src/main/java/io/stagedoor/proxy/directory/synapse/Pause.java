package io.stagedoor.proxy.directory.synapse;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A way of waiting before a request is repeated, so that tests need not wait. */
@FunctionalInterface
interface Pause {

    /**
     * Waits on the calling (virtual) thread.
     *
     * @return whether it lasted to its end
     */
    boolean last(Duration duration) throws InterruptedException;

    /** Ends all waiting, now and from now on. */
    default void end() {}

    /** Returns the real thing. */
    static Pause real() {
        CountDownLatch ended = new CountDownLatch(1);
        return new Pause() {
            @Override
            public boolean last(Duration duration) throws InterruptedException {
                return !ended.await(duration.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public void end() {
                ended.countDown();
            }
        };
    }
}
