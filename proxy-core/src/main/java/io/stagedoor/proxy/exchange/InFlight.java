package io.stagedoor.proxy.exchange;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many exchanges work with the same parts, so that parts are closed after the last of them.
 *
 * <p>Counted without contention by all event loops. The count is exact once no exchange begins any
 * more.
 */
public final class InFlight {

    private final LongAdder count = new LongAdder();

    void began() {
        count.increment();
    }

    void ended() {
        count.decrement();
    }

    /** Returns the number; never less than it is, once none begins any more. */
    public long count() {
        return count.sum();
    }
}
