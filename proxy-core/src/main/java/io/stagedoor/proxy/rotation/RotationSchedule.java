package io.stagedoor.proxy.rotation;

import io.stagedoor.proxy.rotation.RotationOutcome.Result;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a site's connections looked at again and again, so that what changes in the secret store is set
 * soon. The time between two rounds varies, so that several proxies do not come at once.
 */
public final class RotationSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RotationSchedule.class);

    private final ConnectionRotation rotation;
    private final Duration interval;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("connection-rotation").factory());

    /** Makes a schedule; it begins with {@link #begin}. */
    public RotationSchedule(ConnectionRotation rotation, Duration interval) {
        this.rotation = rotation;
        this.interval = interval;
    }

    /** Begins, with a round soon. */
    public void begin() {
        next(ThreadLocalRandom.current().nextLong(interval.toMillis() / 4 + 1));
    }

    /** Begins no more rounds. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void next(long millis) {
        if (!timer.isShutdown()) {
            var _ = timer.schedule(this::round, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void round() {
        try {
            rotation.rotate(ConnectionRotation.Round.scheduled())
                    .ifPresent(outcomes -> outcomes.forEach(this::log));
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).addKeyValue("site", rotation.site()).log("a round failed");
        }
        long millis = interval.toMillis();
        next(millis * 3 / 4 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    private void log(RotationOutcome outcome) {
        if (outcome.result() == Result.FAILED) {
            LOG.atWarn()
                    .addKeyValue("site", rotation.site())
                    .addKeyValue("content", outcome.content())
                    .addKeyValue("reason", outcome.detail())
                    .log("embedded credentials could not be set");
        } else if (outcome.result() == Result.SET) {
            LOG.atInfo()
                    .addKeyValue("site", rotation.site())
                    .addKeyValue("content", outcome.content())
                    .log("embedded credentials were set");
        }
    }
}
