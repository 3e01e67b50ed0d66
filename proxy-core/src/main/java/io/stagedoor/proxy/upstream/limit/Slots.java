package io.stagedoor.proxy.upstream.limit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded number of slots, and a bounded queue for them: first come, first served.
 *
 * <p>Safe for any thread; nothing blocks. Whoever has a slot frees it exactly once.
 */
public final class Slots {

    private final int limit;
    private final int mostWaiting;
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

    /**
     * Makes free slots.
     *
     * @param limit how many there are
     * @param mostWaiting how many may wait for one
     */
    public Slots(int limit, int mostWaiting) {
        this.limit = limit;
        this.mostWaiting = mostWaiting;
    }

    /** Takes a slot if one is free and nobody waits for it. */
    public boolean tryTake() {
        return waiting.get() == 0 && take();
    }

    private boolean take() {
        int current = used.get();
        while (current < limit) {
            if (used.compareAndSet(current, current + 1)) {
                return true;
            }
            current = used.get();
        }
        return false;
    }

    /**
     * Queues for a slot.
     *
     * @param turn run once, by whichever thread frees a slot, when one was taken for it
     * @return false if too many wait already
     */
    public boolean await(Runnable turn) {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return false;
        }
        queue.add(turn);
        serve();
        return true;
    }

    /** Leaves the queue; returns false if the turn has come already. */
    public boolean leave(Runnable turn) {
        boolean left = queue.remove(turn);
        if (left) {
            waiting.decrementAndGet();
        }
        return left;
    }

    /** Gives a slot back; the first in the queue gets it. */
    public void free() {
        used.decrementAndGet();
        if (waiting.get() > 0) {
            serve();
        }
    }

    /** Looks at the queue again after each slot, so that none stays free while somebody waits. */
    private void serve() {
        while (!queue.isEmpty() && take()) {
            Runnable next = queue.poll();
            if (next == null) {
                used.decrementAndGet();
            } else {
                waiting.decrementAndGet();
                next.run();
            }
        }
    }

    /** Returns how many slots are taken. */
    public int used() {
        return used.get();
    }

    /** Returns how many wait. */
    public int waiting() {
        return waiting.get();
    }
}
