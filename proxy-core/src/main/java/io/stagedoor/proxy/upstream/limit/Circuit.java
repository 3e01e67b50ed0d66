package io.stagedoor.proxy.upstream.limit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stops asking a service that does not answer at all, and lets one request find out whether it does
 * again.
 *
 * <pre>
 *   Closed --- so many attempts in a row without any answer ---> Open
 *     ^                                                        |    ^
 *     |                                      its time is over |    | no answer, or none in time:
 *     +---------------- an answer ---------------- Probing <---+    | twice the time
 *                                                     +-------------+
 * </pre>
 *
 * Safe for any thread. Times are {@link System#nanoTime} values.
 */
public final class Circuit {

    private sealed interface State {}

    private record Closed(int failures) implements State {}

    private record Open(long until, Duration length) implements State {}

    private record Probing(long until, Duration length) implements State {}

    private static final State WELL = new Closed(0);

    private final CircuitRules rules;
    private final AtomicReference<State> state = new AtomicReference<>(WELL);

    /** Makes a closed circuit. */
    public Circuit(CircuitRules rules) {
        this.rules = rules;
    }

    /** Returns whether a request may go on; of those that come after the open time, one may. */
    public boolean admits(long now) {
        State current = state();
        return switch (current) {
            case Closed _ -> true;
            case Open(long until, Duration length) ->
                    now - until >= 0 && state.compareAndSet(current, probing(now, length));
            case Probing(long until, Duration length) ->
                    now - until >= 0 && state.compareAndSet(current, probing(now, length));
        };
    }

    private State state() {
        return Objects.requireNonNull(state.get());
    }

    /** A probe may be lost, for example with its client; then another one follows. */
    private static State probing(long now, Duration length) {
        return new Probing(now + length.toNanos(), length);
    }

    /** Says that the service answered. */
    public void answered() {
        if (!state().equals(WELL)) {
            state.set(WELL);
        }
    }

    /** Says that an attempt had no answer at all. */
    public void failed(long now) {
        state.updateAndGet(
                current ->
                        switch (current) {
                            case Closed(int failures) -> afterFailure(failures + 1, now);
                            case Open open -> open;
                            case Probing(_, Duration length) -> open(now, length.multipliedBy(2));
                        });
    }

    private State afterFailure(int failures, long now) {
        return failures < rules.consecutiveFailures()
                ? new Closed(failures)
                : open(now, rules.openTime());
    }

    private State open(long now, Duration length) {
        Duration most = rules.longestOpen();
        Duration bounded = length.compareTo(most) < 0 ? length : most;
        return new Open(now + bounded.toNanos(), bounded);
    }

    /** Returns whether requests are let through as usual. */
    public boolean isClosed() {
        return state() instanceof Closed;
    }
}
