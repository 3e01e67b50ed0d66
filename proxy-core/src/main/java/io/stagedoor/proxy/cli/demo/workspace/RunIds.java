package io.stagedoor.proxy.cli.demo.workspace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Run ids as the pipelines engine makes them: GUIDs of version 1, from the time and a node (RFC
 * 9562, section 5.1).
 *
 * <p>Never gives the same id twice, even within one tick of the clock. Safe for use by several
 * threads.
 */
final class RunIds {
    private static final Instant GREGORIAN_START = Instant.parse("1582-10-15T00:00:00Z");
    private static final long NANOS_A_TICK = 100;
    private static final long TICKS_A_SECOND = 10_000_000;
    private static final long VERSION = 0x1000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long MULTICAST_NODE = 0x0100_0000_0000L;

    private final InstantSource clock;
    private final AtomicLong lastTick = new AtomicLong();
    private final long clockAndNode =
            VARIANT | MULTICAST_NODE | ThreadLocalRandom.current().nextLong() >>> 2;

    RunIds(InstantSource clock) {
        this.clock = clock;
    }

    String next() {
        Duration since = Duration.between(GREGORIAN_START, clock.instant());
        long now = since.toSeconds() * TICKS_A_SECOND + since.toNanosPart() / NANOS_A_TICK;
        long tick = lastTick.updateAndGet(last -> Math.max(last + 1, now));
        long low = tick << 32;
        long mid = (tick >>> 32 & 0xffff) << 16;
        long high = tick >>> 48 & 0x0fff;
        return new UUID(low | mid | VERSION | high, clockAndNode).toString();
    }
}
