package io.stagedoor.proxy.directory.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether one host may be asked now. Shared by all that ask it, so that one request that is told to
 * wait keeps all others away; safe for any thread.
 *
 * <p>A host that asks for patience (429, 503) is left alone for as long as it asked. One that cannot
 * be reached several times in a row is left alone for 1, 2, 4 ... 30 seconds.
 */
public final class HostPatience {

    /** How long a host is left alone that asks for patience without saying how long. */
    static final Duration UNTOLD = Duration.ofSeconds(5);

    /** The longest that is obeyed: a wrong date must not end all asking. */
    static final Duration MOST = Duration.ofHours(1);

    private static final int BORNE = 3;
    private static final int STEPS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.EPOCH);
    private volatile String why = "";
    private final AtomicInteger failures = new AtomicInteger();

    /** Makes the patience with a host that may be asked. */
    public HostPatience(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns how long it must still be left alone; empty if it may be asked. */
    public Optional<Duration> left() {
        Duration left = Duration.between(clock.instant(), closedUntil.get());
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    /** Returns why it was last to be left alone, in words. */
    String why() {
        return why;
    }

    /**
     * Notes that the host asked for patience.
     *
     * @param asked how long; empty if it did not say
     * @return how long it is left alone
     */
    Duration busy(Optional<Duration> asked, int status) {
        why = "it answered status " + status;
        Duration wait = asked.orElse(UNTOLD);
        Duration obeyed = wait.compareTo(MOST) > 0 ? MOST : wait;
        close(obeyed);
        return obeyed;
    }

    /** Notes that the host answered, whatever it said. */
    void answered() {
        failures.set(0);
    }

    /** Notes that the host could not be reached, or did not answer in time. */
    void unreachable() {
        int inARow = failures.incrementAndGet();
        if (inARow >= BORNE) {
            Duration pause = Duration.ofSeconds(1L << Math.min(inARow - BORNE, STEPS));
            why = "it was not reached " + inARow + " times in a row";
            close(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        }
    }

    private void close(Duration pause) {
        Instant until = clock.instant().plus(pause);
        closedUntil.accumulateAndGet(until, (one, other) -> one.isAfter(other) ? one : other);
    }
}
