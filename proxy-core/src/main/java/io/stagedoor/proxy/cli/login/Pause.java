package io.stagedoor.proxy.cli.login;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
public interface Pause {
    /** Waits for so long. */
    void last(Duration duration) throws InterruptedException;

    /** Gives the one that really waits. */
    static Pause real() {
        return duration -> {
            boolean never = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
            if (never) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        };
    }
}
