package io.stagedoor.proxy.exchange;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line of JSON for each exchange to the logger {@code stagedoor.access}. The log is for
 * operators; it is not the audit trail.
 *
 * <p>Lines are gathered and handed to the logger some at a time, every tenth of a second, so that a
 * request costs no hand-over of its own: a message holds several lines, without the last line feed.
 * When they come faster than they can be written, some are lost and the next message says how many.
 * Safe for any thread.
 */
public final class AccessLog implements ExchangeObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("stagedoor.access");
    private static final int MOST_WAITING = 4 << 20;
    private static final int USUAL = 64 << 10;
    private static final long PAUSE_MILLIS = 100;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;
    private StringBuilder waiting = new StringBuilder(USUAL);
    private StringBuilder spare = new StringBuilder(USUAL);
    private long lost;

    private AccessLog(InstantSource clock) {
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::write);
    }

    /** Starts a log whose lines bear the clock's time. */
    public static AccessLog start(InstantSource clock) {
        AccessLog log = new AccessLog(clock);
        log.writer.start();
        return log;
    }

    @Override
    public void ended(ExchangeSummary summary) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        String time = clock.instant().toString();
        lock.lock();
        try {
            if (waiting.length() < MOST_WAITING) {
                append(time, summary);
            } else {
                lost++;
            }
        } finally {
            lock.unlock();
        }
    }

    private void append(String time, ExchangeSummary summary) {
        JsonLine line = JsonLine.in(waiting).text("time", time);
        line.text("requestId", summary.requestId())
                .text("decision", summary.code())
                .number("status", summary.status())
                .number("durationMs", TimeUnit.NANOSECONDS.toMillis(summary.duration().toNanos()));
        text(line, "route", summary.route());
        text(line, "principal", summary.principal());
        text(line, "operation", summary.operation());
        text(line, "jobId", summary.jobId());
        line.end();
    }

    private static void text(JsonLine line, String key, Optional<String> value) {
        if (value.isPresent()) {
            line.text(key, value.get());
        }
    }

    private void write() {
        try {
            while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                writeWaiting();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeWaiting() {
        StringBuilder lines = takeWaiting();
        if (!lines.isEmpty()) {
            lines.setLength(lines.length() - 1);
            LOG.atInfo().log(lines.toString());
        }
        lines.setLength(0);
        if (lines.capacity() > 2 * USUAL) {
            lines.trimToSize();
        }
        spare = lines;
    }

    private StringBuilder takeWaiting() {
        lock.lock();
        try {
            StringBuilder lines = waiting;
            waiting = spare;
            if (lost > 0) {
                JsonLine.in(lines).number("lostLines", lost).end();
                lost = 0;
            }
            return lines;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is waiting; later exchanges leave no line. */
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join();
            writeWaiting();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
