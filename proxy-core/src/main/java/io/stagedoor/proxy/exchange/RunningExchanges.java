package io.stagedoor.proxy.exchange;

import java.util.concurrent.atomic.AtomicInteger;

/** The number of exchanges under way, with its limit. Safe for any thread. */
public final class RunningExchanges {

    private final AtomicInteger running = new AtomicInteger();
    private final int most;

    /** Makes a count that lets so many run at once. */
    public RunningExchanges(int most) {
        this.most = most;
    }

    /** Counts one more, or returns false if there are as many as there may be. */
    boolean enter() {
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Counts one less; for one that was let in. */
    void leave() {
        running.decrementAndGet();
    }

    /** Returns how many are under way. */
    public int count() {
        return running.get();
    }
}
