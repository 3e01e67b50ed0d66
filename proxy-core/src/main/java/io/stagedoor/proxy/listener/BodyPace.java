package io.stagedoor.proxy.listener;

/**
 * How long a request's body has been waited for. Only waiting counts: while nothing is read, because
 * the upstream takes no more, the client is not to blame.
 *
 * <p>Written on the connection's event loop, read by the sweeper.
 */
final class BodyPace {

    private final ClientLimits limits;
    private volatile long waited;
    private volatile long octets;
    private volatile long since;
    private volatile boolean waiting;

    BodyPace(ClientLimits limits) {
        this.limits = limits;
    }

    /** Says that another request has begun. */
    void begin() {
        waiting = false;
        waited = 0;
        octets = 0;
    }

    /** Says that a piece of the body is asked for. */
    void await() {
        if (!waiting) {
            since = System.nanoTime();
            waiting = true;
        }
    }

    /** Says that a piece has come. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
    void arrived(int count) {
        if (waiting) {
            waited += System.nanoTime() - since;
            waiting = false;
        }
        octets += count;
    }

    /** Returns whether the body comes more slowly than it may. */
    boolean isLate(long now) {
        return waiting && waited + (now - since) > limits.nanosFor(octets);
    }
}
