package io.stagedoor.proxy.upstream.endpoint;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One address of a service, with what recent attempts said about it.
 *
 * <p>Safe for any thread. Times are {@link System#nanoTime} values.
 */
public final class Endpoint {

    /**
     * What attempts said so far.
     *
     * @param failures how many in a row failed
     * @param since when the first of them did
     * @param ejections how often it was ejected without a long good time between
     * @param ejectedUntil when the last ejection ends or ended
     */
    private record Standing(int failures, long since, int ejections, long ejectedUntil) {}

    private static final Standing CLEAN = new Standing(0, 0, 0, 0);

    private final EndpointAddress address;
    private final InetSocketAddress socket;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicReference<Standing> standing = new AtomicReference<>(CLEAN);
    private volatile boolean down;
    private volatile boolean gone;

    /**
     * Makes an endpoint nothing is known of.
     *
     * @param socket where to connect; unresolved while its name has not been looked up
     */
    public Endpoint(EndpointAddress address, InetSocketAddress socket) {
        this.address = address;
        this.socket = socket;
    }

    /** Returns the configured place that it belongs to. */
    public EndpointAddress address() {
        return address;
    }

    /** Returns where to connect. */
    public InetSocketAddress socket() {
        return socket;
    }

    /** Returns how many exchanges are with it. */
    public int busy() {
        return busy.get();
    }

    /** Says that one more exchange is with it. */
    public void begin() {
        busy.incrementAndGet();
    }

    /** Says that one exchange fewer is with it. */
    public void end() {
        busy.decrementAndGet();
    }

    /** Returns whether the service has it no longer: what is idle is closed. */
    public boolean isGone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    /** Says what the active checks found. */
    public void setDown(boolean failsChecks) {
        down = failsChecks;
    }

    /** Returns how it fares. */
    public EndpointState state(long now) {
        if (down) {
            return EndpointState.DOWN;
        }
        return isEjected(now) ? EndpointState.EJECTED : EndpointState.HEALTHY;
    }

    boolean isUsable(long now) {
        return !down && !isEjected(now);
    }

    private Standing standing() {
        return Objects.requireNonNull(standing.get());
    }

    private boolean isEjected(long now) {
        Standing current = standing();
        return current.ejections() > 0 && current.ejectedUntil() - now > 0;
    }

    /** Ends a row of failures; a long good time after an ejection clears the past. */
    void succeeded(long now, OutlierRules rules) {
        Standing current = standing();
        if (current.equals(CLEAN)) {
            return;
        }
        boolean longAgo = now - current.ejectedUntil() > rules.longestEjection().toNanos();
        Standing better =
                current.ejections() == 0 || longAgo
                        ? CLEAN
                        : new Standing(0, now, current.ejections(), current.ejectedUntil());
        standing.compareAndSet(current, better);
    }

    /** Counts a failure and returns whether there were too many in a row. */
    boolean failed(long now, OutlierRules rules) {
        Standing next = standing.updateAndGet(current -> afterFailure(current, now, rules));
        return next.failures() >= rules.consecutiveFailures() && !isEjected(now);
    }

    private static Standing afterFailure(Standing current, long now, OutlierRules rules) {
        boolean inRow = current.failures() > 0 && now - current.since() <= rules.window().toNanos();
        return inRow
                ? new Standing(
                        current.failures() + 1,
                        current.since(),
                        current.ejections(),
                        current.ejectedUntil())
                : new Standing(1, now, current.ejections(), current.ejectedUntil());
    }

    /** Leaves it alone for a while; when it comes back, its first failure ejects it again. */
    void eject(long now, OutlierRules rules) {
        Standing current = standing();
        int times = current.ejections() + 1;
        Duration grown = rules.ejectionTime().multipliedBy(times);
        Duration most = rules.longestEjection();
        long until = now + (grown.compareTo(most) < 0 ? grown : most).toNanos();
        standing.set(new Standing(rules.consecutiveFailures() - 1, until, times, until));
    }

    @Override
    public String toString() {
        return socket.isUnresolved()
                ? address.toString()
                : socket.getAddress().getHostAddress() + ":" + socket.getPort();
    }
}
