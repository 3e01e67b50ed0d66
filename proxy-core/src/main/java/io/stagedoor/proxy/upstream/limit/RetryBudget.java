package io.stagedoor.proxy.upstream.limit;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps repeated attempts a small share of the work, so that they cannot bring down a service that
 * struggles.
 *
 * <p>Safe for any thread; costs nothing where nothing is repeated.
 */
public final class RetryBudget {

    /** So many at a time are always allowed: a share of little work would be none. */
    private static final int ALWAYS = 3;

    private final int share;
    private final AtomicInteger repeating = new AtomicInteger();

    /**
     * Makes a budget.
     *
     * @param share the most repeated attempts at a time, in percent of the exchanges under way
     */
    public RetryBudget(int share) {
        this.share = share;
    }

    /** Takes a part of the budget, to be given back when the exchange has ended. */
    public boolean tryTake(int underWay) {
        long most = Math.max(share == 0 ? 0 : ALWAYS, (long) underWay * share / 100);
        if (repeating.incrementAndGet() <= most) {
            return true;
        }
        repeating.decrementAndGet();
        return false;
    }

    /** Gives it back. */
    public void giveBack() {
        repeating.decrementAndGet();
    }
}
